#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Write the C++ test that runs slope on the reference cases of one group of operations.

    generate.py GROUP OUTPUT     GROUP: a key of `groups` below; --list prints them
    generate.py --absent         is every operation of the data in a group or in absent.txt?

For each distinct operation, attributes and input types of the cases the test names one
instantiation (check.hpp); the numbers stay in the data files. What slope does not have is in
absent.txt with the reason, so that no case is left out in silence.
"""
import ast
import fractions
import math
import pathlib
import sys

folder = pathlib.Path(__file__).resolve().parent

# Operations as slope spells them, element-wise first: {min} is an attribute.
unary = {op: f"{op}(x)" for op in """abs sign square sqrt rsqrt reciprocal exp exp2 expm1 log log2
    log10 log1p sin cos tan tanh sinh cosh asin acos atan sigmoid relu softplus
    logical_not""".split()}
unary["neg"] = "-x"
comparisons = {op: f"{op}(x, y)" for op in "eq ne lt le gt ge logical_and logical_or".split()}
binary = {"add": "x + y", "sub": "x - y", "mul": "x * y", "div": "x / y", "pow": "pow(x, y)",
          "maximum": "maximum(x, y)", "minimum": "minimum(x, y)",
          "add alpha": "x + {alpha} * y", "sub alpha": "x - {alpha} * y"}
ternary = {"where": "where(cond, x, y)", "clamp_tensor": "clamp(x, lo, hi)"}
with_number = {
    "pow_scalar exponent": "pow(x, {exponent})",
    "rpow_scalar base": "pow({base}, x)",
    "clamp min": "clamp_min(x, {min})",
    "clamp max": "clamp_max(x, {max})",
    "clamp max min": "clamp(x, {min}, {max})",
    "softplus beta": "softplus(x, {beta})",
}
one_operand = {**unary, **with_number}
two_operands = {**comparisons, **binary, **ternary}
more_unary = {op: f"{op}(x)" for op in """floor ceil trunc round frac asinh acosh atanh erf erfc
    erfinv lgamma digamma sinc logit ndtr ndtri deg2rad rad2deg nan_to_num signbit isnan isinf isfinite
    isposinf isneginf""".split()} | {
    "round decimals": "round(x, {decimals})", "logit eps": "logit(x, {eps})",
    "nan_to_num nan neginf posinf": "nan_to_num(x, {nan}, {posinf}, {neginf})",
    "polygamma n": "polygamma({n}, x)",
}
activations = {op: f"{op}(x)" for op in """leaky_relu elu celu selu silu gelu mish softsign
    logsigmoid tanhshrink hardtanh relu6 hardsigmoid hardswish hardshrink""".split()} | {
    "leaky_relu negative_slope": "leaky_relu(x, {negative_slope})",
    "elu alpha": "elu(x, {alpha})", "celu alpha": "celu(x, {alpha})",
    "gelu approximate": 'gelu(x, approximate<"{approximate}">)',
    "threshold threshold value": "threshold(x, {threshold}, {value})",
}
channels = {"prelu": "prelu(x, w)"}
more_binary = {op: f"{op}(x, y)" for op in """atan2 hypot fmod remainder floor_divide copysign
    logaddexp logaddexp2 ldexp xlogy igamma igammac logical_xor isclose fmax fmin""".split()} | {
    "div rounding_mode": 'div(x, y, rounding_mode<"{rounding_mode}">)',
    "isclose equal_nan": "isclose(x, y, equal_nan)",
}
more_ternary = {
    "lerp": "lerp(x, y, w)", "addcmul": "addcmul(x, a, b)", "addcdiv": "addcdiv(x, a, b)",
    "addcmul value": "addcmul(x, a, b, {value})", "addcdiv value": "addcdiv(x, a, b, {value})",
    "masked_fill value": "masked_fill(x, mask, {value})",
}
more_elements = {**more_unary, **activations, **more_binary, **more_ternary}
elementwise = {**one_operand, **two_operands, **more_elements}

element_operations = {pattern.split(" ")[0] for pattern in elementwise}

# {axes} becomes <0, 2> or nothing, {keepdim} ", keepdim" or nothing.
folds = {
    "sum": "sum{axes}(x{keepdim})", "mean": "mean{axes}(x{keepdim})",
    "prod": "prod{axes}(x{keepdim})", "amax": "amax{axes}(x{keepdim})",
    "amin": "amin{axes}(x{keepdim})",
}
statistics = {
    "logsumexp": "logsumexp{axes}(x{keepdim})",
    "softmax": "softmax{axes}(x)", "log_softmax": "log_softmax{axes}(x)",
    "var": "variance{axes}(x{keepdim})", "std": "stddev{axes}(x{keepdim})",
    "var unbiased": "variance{axes}(x, correction<0>{keepdim})",
    "std unbiased": "stddev{axes}(x, correction<0>{keepdim})",
    "norm": "norm{axes}(x{keepdim})", "norm p": "norm{axes}(x, {p}{keepdim})",
}
reductions = {**folds, **statistics}
products = {
    "matmul": "matmul(a, b)", "mm": "mm(a, b)", "mv": "mv(a, x)", "dot": "dot(x, y)",
    "outer": "outer(x, y)",
}
losses = {}
for op in "mse_loss l1_loss huber_loss smooth_l1_loss bce_loss bce_with_logits kl_div".split():
    losses[op] = f"{op}(x, y)"
    losses[op + " reduction"] = op + "<reduction::{reduction}>(x, y)"
for op in "nll_loss cross_entropy".split():
    losses[op] = f"{op}(x, y)"
    losses[op + " reduction"] = op + "<reduction::{reduction}>(x, y)"
losses |= {
    "huber_loss delta": "huber_loss(x, y, {delta})",
    "smooth_l1_loss beta": "smooth_l1_loss(x, y, {beta})",
    "cross_entropy_prob": "cross_entropy(x, y)",
    "cross_entropy_prob reduction": "cross_entropy<reduction::{reduction}>(x, y)",
    "cross_entropy label_smoothing": "cross_entropy(x, y, label_smoothing({label_smoothing}))",
    "cross_entropy label_smoothing reduction":
        "cross_entropy<reduction::{reduction}>(x, y, label_smoothing({label_smoothing}))",
}
layers = {
    "linear": "linear(x, w, b)", "linear_nobias": "linear(x, w)", "bmm": "bmm(a, b)",
    "inner": "inner(x, y)", "layer_norm normalized_shape": "layer_norm<{normalized_shape}>(x, w, b)",
    "layer_norm_plain normalized_shape": "layer_norm<{normalized_shape}>(x)",
    "normalize": "normalize{axes}(x)", "cosine_similarity": "cosine_similarity{axes}(x, y)",
}
for op in "addmm addmv addr addbmm baddbmm".split():
    layers[op] = f"{op}(x, a, b)"
    layers[op + " alpha beta"] = op + "(x, a, b, {beta}, {alpha})"
more_folds = {
    "dist": "dist(x, y)", "dist p": "dist(x, y, {p})", "nansum": "nansum{axes}(x{keepdim})",
    "count_nonzero": "count_nonzero{axes}(x)", "all": "all{axes}(x{keepdim})",
    "any": "any{axes}(x{keepdim})",
    "allclose": "allclose(x, y)", "allclose equal_nan": "allclose(x, y, equal_nan)",
    "allclose atol rtol": "allclose(x, y, {rtol}, {atol})", "equal": "equal(x, y)",
    "clone": "clone(x)", "flatten": "flatten(x)", "flatten start_dim": "flatten<{start_dim}>(x)",
    "ravel": "ravel(x)",
}
along_axes = {*reductions, "nansum", "count_nonzero", "all", "any", "normalize",
              "cosine_similarity"}
movement = {
    "transpose dim0 dim1": "transpose<{dim0}, {dim1}>(x)", "t": "transpose(x)",
    "permute dims": "permute<{dims}>(x)", "reshape shape": "reshape<{shape}>(x)",
    "broadcast_to shape": "broadcast_to<{shape}>(x)", "squeeze": "squeeze(x)",
    "squeeze dim": "squeeze<{dim}>(x)", "unsqueeze dim": "unsqueeze<{dim}>(x)",
}
# Order: {axes} and {keepdim} as above; {sizes} and {count} are those of the results.
order = {
    "argmax": "argmax{axes}(x{keepdim})", "argmin": "argmin{axes}(x{keepdim})",
    "max": "max(x)", "min": "min(x)", "median": "median(x)",
    "max_dim": "max{axes}(x{keepdim})", "min_dim": "min{axes}(x{keepdim})",
    "median_dim": "median{axes}(x{keepdim})",
    "sort": "sort(x)", "sort dim": "sort<{dim}>(x)", "sort descending": "sort(x, descending)",
    "argsort": "argsort(x)", "argsort dim": "argsort<{dim}>(x)",
    "topk k": "topk<{k}>(x)", "topk k largest": "topk<{k}>(x, smallest)",
    "kthvalue k": "kthvalue<{k}>(x)",
}
# Parts of tensors, scans, indices.
parts = {
    "narrow dim length start": "narrow<{dim}, {start}, {length}>(x)",
    "select dim index": "select<{dim}, {index}>(x)", "flip dims": "flip<{dims}>(x)",
    "pad pad": "pad<{pad}>(x)", "pad pad value": "pad<{pad}>(x, {value})",
    "roll shifts": "roll<{shifts}>(x)", "roll dims shifts": "roll<{shifts}, {dims}>(x)",
    "diff": "diff(x)", "diff dim": "diff<1, {dim}>(x)",
    "tril": "tril(x)", "tril diagonal": "tril<{diagonal}>(x)",
    "triu": "triu(x)", "triu diagonal": "triu<{diagonal}>(x)",
    "diag": "diag(x)", "diag diagonal": "diag<{diagonal}>(x)",
    "diagonal": "diagonal(x)", "diagonal offset": "diagonal<{offset}>(x)", "trace": "trace(x)",
    "cumsum dim": "cumsum<{dim}>(x)", "cumprod dim": "cumprod<{dim}>(x)",
    "gather dim": "gather<{dim}>(x, index)", "index_select dim": "index_select<{dim}>(x, index)",
    "scatter_add dim": "scatter_add<{dim}>(x, index, src)",
    "embedding": "embedding(index, w)", "one_hot num_classes": "one_hot<{num_classes}>(index)",
    "take": "take(x, index)", "take_along_dim dim": "take_along_dim<{dim}>(x, index)",
    "split split_size": "split<std::array{{{sizes}}}>(x)", "chunk chunks": "chunk<{chunks}>(x)",
    "unbind": "unbind<0, {count}>(x)",
}
# Joined, repeated and spread tensors, products of all pairs.
rearranged = {
    "cat": "cat(x0, x1, x2)", "cat dim": "cat<{dim}>(x0, x1, x2)",
    "stack": "stack(x0, x1)", "stack dim": "stack<{dim}>(x0, x1)",
    "hstack": "hstack(x0, x1)", "vstack": "vstack(x0, x1)",
    "tile dims": "tile<{dims}>(x)", "repeat_interleave repeats": "repeat_interleave<{repeats}>(x)",
    "movedim destination source": "movedim<{source}, {destination}>(x)",
    "broadcast_tensors": "broadcast_tensors(x0, x1)", "meshgrid indexing": "meshgrid(x0, x1)",
    "trapezoid": "trapezoid(y)", "trapezoid dx": "trapezoid(y, {dx})",
    "trapezoid_x": "trapezoid(y, x)", "cov": "cov(x)",
    "cdist": "cdist(x, y)", "cdist p": "cdist(x, y, {p})",
    "cross": "cross(x, y)", "cross dim": "cross<{dim}>(x, y)",
}
shape_files = ["op_shape.txt", "op_other.txt", "op_blas.txt", "edge_general.txt"]
whole_groups = {
    "order": (order, ["op_comparison.txt", "op_reduction.txt", "edge_general.txt"]),
    "parts": (parts, [*shape_files, "op_nn.txt"]),
    "rearranged": (rearranged, shape_files),
    "second_rearranged": ({**parts, **rearranged}, ["second.txt"]),
}
groups = {
    "one_operand": (one_operand, ["op_pointwise.txt", "op_activation.txt", "edge_unary.txt"]),
    "two_operands": (two_operands, ["op_pointwise.txt", "op_comparison.txt", "op_other.txt",
                                    "edge_binary.txt", "edge_general.txt"]),
    "more_unary": (more_unary, ["op_pointwise.txt", "op_comparison.txt", "edge_unary.txt"]),
    "activations": ({**activations, **channels},
                    ["op_activation.txt", "edge_unary.txt", "edge_general.txt"]),
    "more_binary": ({**more_binary, **more_ternary},
                    ["op_pointwise.txt", "op_comparison.txt", "op_other.txt", "edge_binary.txt",
                     "edge_general.txt"]),
    "losses": (losses, ["op_loss.txt", "edge_general.txt"]),
    "layers": (layers, ["op_blas.txt", "op_nn.txt", "edge_general.txt"]),
    "more_folds": (more_folds, ["op_reduction.txt", "op_shape.txt", "op_comparison.txt",
                                "edge_general.txt"]),
    "second_elements": (more_elements, ["second.txt"]),
    "second_layers": ({**losses, **layers, **more_folds}, ["second.txt"]),
    "folds": (folds, ["op_reduction.txt", "edge_general.txt"]),
    "statistics": (statistics, ["op_reduction.txt", "op_activation.txt", "edge_general.txt"]),
    "second": ({**one_operand, **two_operands}, ["second.txt"]),
    "second_reductions": (reductions, ["second.txt"]),
    "second_products": (products, ["second.txt"]),
    # The same with extents that are known at run time only, in double precision.
    "runtime_elements": (two_operands, ["op_pointwise.txt", "op_comparison.txt"]),
    "runtime_reductions": (reductions, ["op_reduction.txt", "op_activation.txt",
                                        "edge_general.txt"]),
    "runtime_products": (products, ["op_blas.txt", "edge_general.txt"]),
    "products": ({**products, **movement}, ["op_blas.txt", "op_shape.txt", "edge_general.txt"]),
}
groups |= whole_groups
# Formulas of several operations, in Python's syntax: `composite` translates them.
composites = "c."
# So many programs take the formulas in turn.
programs = {"composites": 2, "second_composites": 4}
groups |= {f"composites_{k + 1}": (composites, ["composite.txt", "edge_composite.txt"])
           for k in range(programs["composites"])}
groups |= {f"second_composites_{k + 1}": (composites, ["composite.txt"])
           for k in range(programs["second_composites"])}
axis_functions = "sum mean amax amin prod var std softmax log_softmax logsumexp".split()
plain_functions = """abs sqrt exp log sin cos tan tanh sinh cosh asin acos atan sigmoid relu
    softplus maximum minimum where dot norm""".split()

# Linear algebra, sums of products, convolutions and pooling.
matrices = {
    **{op: f"{op}(a)" for op in "det inverse logdet cholesky".split()},
    "solve": "solve(a, b)", "lu_solve": "solve(a, b)", "matrix_power n": "matrix_power<{n}>(a)",
    "cholesky_solve": "cholesky_solve(b, l)", "triangular_solve": "solve_triangular<false>(a, b)",
}
contractions = {
    "kron": "kron(x, y)", "tensordot dims": "tensordot<{dims}>(x, y)",
    "einsum equation": 'einsum<"{equation}">(x, y)',
    "einsum1 equation": 'einsum<"{equation}">(x)',
    "einsum3 equation": 'einsum<"{equation}">(a, b, c)',
}
windows = {
    **{op: f"{op}(x, w, b)" for op in ("conv1d", "conv2d")},
    **{f"{op} padding stride": op + "<{stride}, {padding}>(x, w, b)" for op in ("conv1d", "conv2d")},
    **{f"{kind}_pool{n}d kernel_size": f"{kind}_pool{n}d<{{kernel_size}}>(x)"
       for kind in ("max", "avg") for n in (1, 2)},
    **{f"{kind}_pool1d kernel_size stride": f"{kind}_pool1d<{{kernel_size}}, {{stride}}>(x)"
       for kind in ("max", "avg")},
}
groups |= {
    "matrices": (matrices, ["op_linalg.txt", "edge_general.txt"]),
    "contractions": (contractions, ["op_other.txt"]),
    "windows": (windows, ["op_nn.txt", "edge_general.txt"]),
    "second_matrices": ({**matrices, **contractions}, ["second.txt"]),
}
plain_functions += ["inverse", "logdet"]

# Operations whose spellings are in two groups: each takes the cases that it can spell.
shared = {"div"}
types = {"float64": "double", "float32": "float", "bool": "bool", "int64": "std::int64_t",
         "int32": "std::int32_t"}


def cases(name):
    """The cases of one file: dictionaries of what the instantiation depends on."""
    for line in (folder / name).read_text(encoding="ascii").split("\n"):
        words = line.split(" ")
        if words[0] == "case":
            case = {"id": words[1], "in": [], "out": None, "outs": [], "names": [],
                    "cots": set(), "attr": {}, "kind": "", "lines": [], "op": "", "tier": ""}
        elif words[0] in ("let", "expr"):
            case["lines"].append((words[1], line.split(" ", 2)[2]))
        elif words[0] in ("op", "kind", "tier"):
            case[words[0]] = words[1]
        elif words[0] == "attr":
            case["attr"][words[1]] = words[2:]
        elif words[0] == "in":
            rank = int(words[4])
            shape = tuple(map(int, words[5:5 + rank]))
            case["in"].append((words[1], words[2], words[3] == "1", shape))
        elif words[0] == "out":
            rank = int(words[3])
            case["out"] = (words[2], tuple(map(int, words[4:4 + rank])))
            case["outs"].append(case["out"])
            case["names"].append(words[1])
        elif words[0] == "cot":
            case["cots"].add(words[1])
        elif words[0] == "end":
            yield case


def exact(word):
    """An attribute as an exact constant, for trees."""
    value = fractions.Fraction(word)
    return f"constant<{value.numerator}, {value.denominator}>"


def number(word):
    """A floating attribute as a C++ literal, and as the key spells it (%.17g)."""
    value = float(word)
    infinity = "std::numeric_limits<double>::infinity()"
    return infinity if math.isinf(value) else repr(value), "%.17g" % value


def key(case, shapes):
    """shapes: what tells instantiations apart: "extents", "rank" or nothing."""
    text = case["op"]
    for name, dtype, _, shape in case["in"]:
        text += f" {name}:{dtype}"
        if shapes == "extents":
            text += f"[{'x'.join(map(str, shape))}]"
        elif shapes == "rank":
            text += f"/{len(shape)}"
    for name in sorted(case["attr"]):
        kind, *values = case["attr"][name]
        if kind in ("ints", "floats", "bools"):
            values = values[1:]
        if kind in ("float", "floats"):
            values = [number(v)[1] for v in values]
        text += f" {name}={kind}" + "".join("," + v for v in values)
    return text


def formula(case, table, tree):
    """The C++ expression, or None where the table does not have the operation."""
    attributes = {n: v for n, v in case["attr"].items() if v[0] != "none"}
    axes, keepdim = "", ""
    if case["op"] in along_axes or "{axes}" in table.get(case["op"], ""):
        if "dim" in attributes:
            kind, *values = attributes.pop("dim")
            axes = "<" + ", ".join(values[1:] if kind == "ints" else values) + ">"
        if "keepdim" in attributes:
            keepdim = ", keepdim" if attributes.pop("keepdim")[1] == "1" else ""
        if "unbiased" in attributes and attributes["unbiased"][1] == "1":
            attributes.pop("unbiased")
    pattern = table.get(" ".join([case["op"]] + sorted(attributes)))
    if pattern is None:
        return None
    values = {"axes": axes, "keepdim": keepdim, "count": len(case["outs"]),
              "sizes": ", ".join(str(s[0]) for _, s in case["outs"] if s)}
    for name, (kind, *v) in attributes.items():
        if kind == "float":
            values[name] = exact(v[0]) if tree else number(v[0])[0]
        else:
            values[name] = ", ".join(v[1:] if kind == "ints" else v)
    return pattern.format(**values)


class Absent(Exception):
    """A function that slope does not have."""


def composite(node, tree):
    """A Python expression as C++."""
    def constant(value):
        if not tree:
            return "std::numeric_limits<double>::infinity()" if math.isinf(value) else repr(value)
        if math.isinf(value):
            raise Absent("infinity")
        return exact(repr(value))

    if isinstance(node, ast.Constant):
        return constant(node.value)
    if isinstance(node, ast.Name):
        named = {"pi": math.pi, "e": math.e, "inf": math.inf}
        return constant(named[node.id]) if node.id in named else node.id
    if isinstance(node, ast.UnaryOp):
        return f"(-{composite(node.operand, tree)})"
    if isinstance(node, ast.Compare):
        sign = {ast.Gt: ">", ast.LtE: "<="}[type(node.ops[0])]
        return f"({composite(node.left, tree)} {sign} {composite(node.comparators[0], tree)})"
    if isinstance(node, ast.BinOp):
        a, b = composite(node.left, tree), composite(node.right, tree)
        if isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant):
            a = constant(float(node.left.value))  # not a division of integers
        if isinstance(node.op, ast.Pow):
            return f"pow({a}, {b})"
        if isinstance(node.op, ast.MatMult):
            return f"matmul({a}, {b})"
        sign = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}[type(node.op)]
        return f"({a} {sign} {b})"
    if not isinstance(node, ast.Call):
        raise Absent(type(node).__name__)
    name, arguments = node.func.id, [composite(a, tree) for a in node.args]
    named = {k.arg: ast.literal_eval(k.value) for k in node.keywords}
    if name in axis_functions:
        axes = f"<{named['dim']}>" if "dim" in named else ""
        if named.get("unbiased") is False:
            arguments.append("correction<0>")
        if named.get("keepdim"):
            arguments.append("keepdim")
        name = {"var": "variance", "std": "stddev"}.get(name, name)
        return f"{name}{axes}({', '.join(arguments)})"
    if name == "unsqueeze":
        return f"unsqueeze<{node.args[1].value}>({arguments[0]})"
    if name == "t":
        return f"transpose({arguments[0]})"
    if name == "clamp":
        return f"clamp({arguments[0]}, {constant(named['min'])}, {constant(named['max'])})"
    if name not in plain_functions:
        raise Absent(name)
    return f"{name}({', '.join(arguments)})"


def composite_body(case, tree):
    """The statements of a composite's function, or None where slope lacks an operation."""
    try:
        lines = [(name, composite(ast.parse(text, mode="eval").body, tree))
                 for name, text in case["lines"]]
    except Absent:
        return None
    lets = "".join(f"auto const {name} = {text}; " for name, text in lines[:-1])
    return lets, lines[-1][1]


def dynamic(shape):
    return ("dynamic",) * len(shape)


def data_type(dtype, shape):
    return types[dtype] if shape == () else f"tensor<{types[dtype]}, {', '.join(map(str, shape))}>"


def variable(name, dtype, shape):
    return f"variable<{', '.join([f'{chr(34)}{name}{chr(34)}', types[dtype], *map(str, shape)])}>"


def check_absent():
    """The operations of tiers 1 and 2 that no group spells are those of absent.txt."""
    spelled = {pattern.split(" ")[0] for table, _ in groups.values() if table is not composites
               for pattern in table}
    in_data, wrong = set(), []
    for file in sorted(folder.glob("*.txt")):
        if file.name == "absent.txt" or file.name.startswith(("print", "tutorial", "composite")):
            continue
        for case in cases(file.name):
            if case["tier"] in ("T1", "T2") and case["lines"] == []:
                in_data.add(case["op"])
    lines = (folder / "absent.txt").read_text(encoding="ascii").splitlines()
    known = {line.split(" ")[0] for line in lines if line and not line.startswith("#")}
    wrong += [f"{op}: no group spells it, and absent.txt does not say why"
              for op in sorted(in_data - spelled - known)]
    wrong += [f"{op}: in absent.txt, but spelled" for op in sorted(known & spelled)]
    print("\n".join(wrong + [f"{len(in_data & spelled)} operations of tiers 1 and 2 are compared, "
                             f"{len(known)} absent"]))
    return bool(wrong)


def main():
    if sys.argv[1:] == ["--list"]:
        print("\n".join(groups))
        return 0
    if sys.argv[1:] == ["--absent"]:
        return check_absent()
    group, output = sys.argv[1], pathlib.Path(sys.argv[2])
    table, files = groups[group]
    second, runtime = group.startswith("second"), group.startswith("runtime")
    functions, entries, missing, count, formulas = {}, {}, [], 0, {}
    known = {} if table is composites else {pattern.split(" ")[0] for pattern in table}
    for file in files:
        for case in cases(file):
            if (case["kind"] == "second") != (second and table is not composites) or (
                    case["op"] not in known and not (table is composites and case["lines"])):
                continue
            if case["out"] is None:
                continue  # torch refuses it
            lets = ""
            if table is composites:
                body = composite_body(case, second)
                if body is None:
                    continue
                place = formulas.setdefault(body, len(formulas))
                name, part = group.rsplit("_", 1)
                if place % programs[name] != int(part) - 1:
                    continue
                lets, text = body
            else:
                text = formula(case, table, second)
            if text is None and case["op"] in shared:
                continue
            if text is None:
                missing.append(case["id"])
                continue
            shapes = {shape for *_, shape in case["in"]}
            if runtime and (not all(d in ("float64", "bool") for _, d, _, _ in case["in"]) or
                            (table is two_operands and len(shapes) != 1)):
                continue
            count += 1
            names = [name for name, *_ in case["in"]]
            function = functions.setdefault((lets, text, tuple(names)), f"f{len(functions)}")
            wanted = ", ".join(str(k) for k, x in enumerate(case["in"]) if x[2])
            wanted = f"std::index_sequence<{wanted}>"
            dtype, shape = case["out"]
            if second and table is composites:
                if any(d != "float64" for _, d, _, _ in case["in"]):
                    count -= 1
                    continue
                parts = ["matrices<" + function, wanted, "true" if shape == () else "false"]
                parts += [variable(n, d, s) for n, d, _, s in case["in"]]
                entries[key(case, "extents")] = ", ".join(parts) + ">"
            elif second:
                parts = ["second<" + function, variable("cotangent", dtype, shape)]
                parts += [variable(n, d, s) for n, d, _, s in case["in"]]
                entries[key(case, "extents")] = ", ".join(parts) + ">"
            elif len(case["outs"]) > 1:
                # Which results have a cotangent, and of what type it is.
                slopes = [k for k, n in enumerate(case["names"]) if n in case["cots"]]
                spelled = ["results<" + ", ".join(["std::index_sequence<" + ", ".join(
                    map(str, slopes)) + ">"] + [data_type(*case["outs"][k]) for k in slopes]) + ">"]
                spelled = ["several<" + function, wanted, *spelled]
                spelled += [data_type(d, s) for _, d, _, s in case["in"]]
                entries[key(case, "extents")] = ", ".join(spelled) + ">"
            elif runtime:
                parts = ["whole<" + function, wanted, data_type(dtype, dynamic(shape))]
                parts += [data_type(d, dynamic(s)) for _, d, _, s in case["in"]]
                entries[key(case, "rank")] = ", ".join(parts) + ">"
            elif case["op"] in element_operations and len(shapes) == 1 and shapes != {()}:
                parts = ["elements<" + function, wanted, types[dtype]]
                parts += [types[d] for _, d, _, _ in case["in"]]
                entries[key(case, None)] = ", ".join(parts) + ">"
            else:
                parts = ["whole<" + function, wanted, data_type(dtype, shape)]
                parts += [data_type(d, s) for _, d, _, s in case["in"]]
                entries[key(case, "extents")] = ", ".join(parts) + ">"
    if missing:
        print(f"{group}: no spelling for {len(missing)} cases: {' '.join(missing)}",
              file=sys.stderr)
        return 1
    lines = [
        "// Made by generate.py: do not edit.",
        '#include "oracle/several.hpp"', "",
        "using namespace slope;", "using oracle::elements, oracle::entry, oracle::matrices,\n"
        "    oracle::results, oracle::second, oracle::several, oracle::whole;", "",
        "namespace {", "",
    ]
    for (lets, text, names), function in functions.items():
        arguments = ", ".join("auto " + n for n in names)
        lines += [f"struct {function} {{",
                  f"  constexpr auto operator()({arguments}) const {{ {lets}return {text}; }}", "};"]
    lines += ["", "constexpr entry entries[] = {"]
    lines += [f'    {{"{k}", {v}::check}},' for k, v in sorted(entries.items())]
    lines += ["};", "", "}  // namespace", "",
              f'TEST_CASE("operations agree with PyTorch: {group}") {{',
              "  oracle::check_cases({" + ", ".join(f'"{f}"' for f in files) + "}, entries, "
              + f"{count});", "}", ""]
    output.write_text("\n".join(lines), encoding="ascii")
    return 0


sys.exit(main())
