// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/losses.ipp"
#include "slope/ops/products.ipp"

/// Products with a summand, layers, normalisation, and reductions of questions.
namespace slope::engine {

constexpr bool is_constant_zero(builder const& b, symbol s) {
  return is_constant(b, s.index()) && constant_of(b, s.index()).is(0);
}
/// beta x + alpha product; beta = 0 leaves x out, even if it is NaN.
constexpr symbol added(builder& b, auto x, symbol product, symbol beta, symbol alpha) {
  if (is_constant_zero(b, beta)) return product * alpha;
  return x * beta + product * alpha;
}
/// The axis among the parameters, or axis 1.
constexpr parameters one_axis(parameters p) {
  if (p.count == 0) p.values[p.count++] = 1;
  return p;
}

}  // namespace slope::engine

namespace slope::op {

struct addcmul : expanded {
  static constexpr char const* name() { return "addcmul"; }
  static constexpr symbol expand(auto x, symbol a, symbol b, symbol value = 1) {
    return x + a * b * value;
  }
};
struct addcdiv : expanded {
  static constexpr char const* name() { return "addcdiv"; }
  static constexpr symbol expand(auto x, symbol a, symbol b, symbol value = 1) {
    return x + a * value / b;
  }
};
struct lerp : expanded {
  static constexpr char const* name() { return "lerp"; }
  static constexpr symbol expand(auto x, symbol y, symbol weight) {
    return x + weight * (y - x);
  }
};
/// x + alpha y.
struct add_scaled : expanded {
  static constexpr char const* name() { return "add"; }
  static constexpr symbol expand(auto x, symbol y, symbol alpha) { return x + y * alpha; }
};
struct subtract_scaled : expanded {
  static constexpr char const* name() { return "subtract"; }
  static constexpr symbol expand(auto x, symbol y, symbol alpha) { return x - y * alpha; }
};

/// Product is the operation that makes a product of a and b.
template <class Product, fixed_string Name>
struct add_product : named<Name> {
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x, symbol u,
                                symbol v, symbol beta = 1, symbol alpha = 1) {
    return engine::added(b, x, Product::front(b, p, u, v), engine::in(b, beta),
                         engine::in(b, alpha));
  }
};
struct bmm : defaults {
  static constexpr char const* name() { return "bmm"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const&, auto x, symbol y) {
    if (x.rank() != 3 || y.rank() != 3) return engine::fail_product(b, "bmm", x, y);
    return engine::make<matmul>(0, x, y);
  }
};
/// The sum over the batch of its products.
struct bmm_sum {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol y) {
    symbol const product = bmm::front(b, p, x, y);
    return product.rank() == 3 ? engine::reduce(engine::op_number<sum>(), b, product, 1, false)
                               : product;
  }
};
struct addmm : add_product<mm, "addmm"> {};
struct addmv : add_product<mv, "addmv"> {};
struct addr : add_product<outer, "addr"> {};
struct baddbmm : add_product<bmm, "baddbmm"> {};
struct addbmm : add_product<bmm_sum, "addbmm"> {};

/// Sums of products over the last axes.
struct inner : defaults {
  static constexpr char const* name() { return "inner"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol y) {
    int const m = x.rank(), n = y.rank();
    if (m == 0 || n == 0) return x * y;
    if (!engine::axes_fit<matmul>(b, x, 1, y, 1)) return engine::fail_product(b, "inner", x, y);
    if (n == 1) return matmul::front(b, p, x, y);
    if (n == 2) return matmul::front(b, p, x, engine::transposed(b, y));
    engine::shape const left = b.shape_of(x), right = b.shape_of(y);
    engine::parameters rows;
    rows.count = 2;
    rows.values[0] = -1;
    rows.values[1] = right.extents[n - 1];
    rows.run_time[1] = right.extents[n - 1] < 0;
    symbol const z = matmul::front(b, p, x, engine::transposed(b, reshape::front(b, rows, y)));
    engine::shape to{};
    for (int k = 0; k + 1 < m; ++k) to.extents[to.rank++] = left.extents[k];
    for (int k = 0; k + 1 < n; ++k) to.extents[to.rank++] = right.extents[k];
    return engine::reshape_symbol(b, z, to);
  }
};

/// x w^T + bias, the weight of shape (out, in).
struct linear : defaults {
  static constexpr char const* name() { return "linear"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol w) {
    if (w.rank() != 2) return engine::fail_product(b, "linear", x, w);
    return matmul::front(b, p, x, engine::transposed(b, w));
  }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x, symbol w,
                                symbol bias) {
    return front(b, p, x, w) + bias;
  }
};

/// Over the last axes, whose extents are the parameters: (x - mean) / sqrt(variance + eps), the
/// variance over n, and that times a weight and plus a bias.
struct layer_norm : defaults {
  static constexpr char const* name() { return "layer_norm"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol eps = symbol(rational(1, 100000))) {
    engine::shape const s = b.shape_of(x);
    bool fits = p.count >= 1 && p.count <= s.rank;
    for (int k = 1; k <= p.count && fits; ++k)
      fits = s.extents[s.rank - k] == p.values[p.count - k];
    if (!fits) return engine::fail_to(b, name(), x, p);
    std::int64_t mask = 0;
    for (int k = 1; k <= p.count; ++k) mask |= std::int64_t{1} << (s.rank - k);
    auto const spread = engine::reduce(engine::op_number<variance>(), b, x, mask);
    return engine::centred(b, x, mask) * symbols::rsqrt(spread + eps);
  }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol weight, symbol bias,
                                symbol eps = symbol(rational(1, 100000))) {
    return front(b, p, x, eps) * weight + bias;
  }
};
/// x over its p-norm along an axis, which is held above eps.
struct normalize : defaults {
  static constexpr char const* name() { return "normalize"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol order = 2,
                                symbol eps = symbol(rational(1, 1000000000000))) {
    engine::parameters along = engine::one_axis(p);
    along.keep = true;
    symbol const length = power_norm::front(b, along, x, engine::in(b, order));
    return x / symbols::clamp_min(length, eps);
  }
};
/// The cosine of the angle between vectors along an axis; norms are held above eps. As in torch a
/// vector whose squares overflow is divided by infinity: it counts as 0 already in the sum, which
/// programs divide but once. (Trunc has no derivative, and keeps infinite and NaN elements NaN.)
struct cosine_similarity : defaults {
  static constexpr char const* name() { return "cosine_similarity"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x, symbol y,
                                symbol eps = symbol(rational(1, 100000000))) {
    engine::parameters along = engine::one_axis(p);
    along.keep = true;
    auto const direction = [&](symbol v) {
      symbol const length = engine::front(engine::op_number<norm>(), b, along, v);
      symbol const held = symbols::where(engine::is_finite(b, length), v,
                                         symbols::trunc(v / length));
      return held / symbols::clamp_min(length, eps);
    };
    symbol const product = direction(x) * direction(y);
    along.keep = false;
    return engine::front(engine::op_number<sum>(), b, along, product);
  }
};
struct dist : expanded {
  static constexpr char const* name() { return "dist"; }
  static constexpr symbol expand(auto x, symbol y) {
    return engine::front(engine::op_number<norm>(), *x.owner(), {}, x - y);
  }
  static constexpr symbol expand(auto x, symbol y, symbol p) {
    auto& b = *x.owner();
    return power_norm::front(b, {}, x - y, engine::in(b, p));
  }
};

/// The sum of what is no NaN.
struct nansum : defaults {
  static constexpr char const* name() { return "nansum"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x) {
    return engine::front(engine::op_number<sum>(), b, p,
                         symbols::where(symbols::isnan(x), symbol(0), x));
  }
};
struct count_nonzero : defaults {
  static constexpr char const* name() { return "count_nonzero"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x) {
    return engine::front(engine::op_number<sum>(), b, p, symbols::ne(x, 0));
  }
};
/// What is not 0; what is true or false already, as it is.
constexpr symbol truth_of(engine::builder& b, symbol x) {
  return b[x].type == dtype::boolean ? x : symbols::ne(x, 0);
}
/// Of no elements true. Counted: g++ 12 fails to compile the extrema of what logical operations on
/// doubles give.
struct all : defaults {
  static constexpr char const* name() { return "all"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x) {
    std::int64_t const mask = engine::axes_mask(b, name(), p, b.shape_of(x));
    if (mask < 0) return x;
    symbol const wrong = symbols::logical_not(truth_of(b, x));
    return symbols::eq(engine::reduce(engine::op_number<sum>(), b, wrong, mask, p.keep), 0);
  }
};
/// Of no elements false.
struct any : defaults {
  static constexpr char const* name() { return "any"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x) {
    std::int64_t const mask = engine::axes_mask(b, name(), p, b.shape_of(x));
    if (mask < 0) return x;
    return symbols::ne(engine::reduce(engine::op_number<sum>(), b, truth_of(b, x), mask, p.keep), 0);
  }
};
struct allclose : expanded {
  static constexpr char const* name() { return "allclose"; }
  template <class... S>
  static constexpr symbol expand(S... s) {
    symbol const close = isclose::expand(s...);
    return all::front(*close.owner(), {}, close);
  }
};
struct allclose_nan : expanded {
  static constexpr char const* name() { return "allclose"; }
  template <class... S>
  static constexpr symbol expand(S... s) {
    symbol const close = isclose_nan::expand(s...);
    return all::front(*close.owner(), {}, close);
  }
};
struct equal : expanded {
  static constexpr char const* name() { return "equal"; }
  static constexpr symbol expand(auto x, symbol y) {
    auto& b = *x.owner();
    if (!(b.shape_of(x) == b.shape_of(y)))
      return engine::broadcast_symbol(b, engine::constant_symbol(b, rational(0)),
                                      b.intern(engine::shape{}), dtype::boolean);
    return all::front(b, {}, symbols::eq(x, y));
  }
};

struct clone : expanded {
  static constexpr char const* name() { return "clone"; }
  static constexpr symbol expand(auto x) { return x; }
};
/// Axes from one to another as a single one; all of them unless told.
struct flatten : defaults {
  static constexpr char const* name() { return "flatten"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x) {
    engine::shape const s = b.shape_of(x);
    int const first = engine::checked_axis(b, name(), p.count > 0 ? p.values[0] : 0, s);
    int const last = engine::checked_axis(b, name(), p.count > 1 ? p.values[1] : -1, s);
    if (first < 0 || last < 0) return x;
    std::int64_t const merged =
        engine::count_of(s, (std::int64_t{2} << last) - (std::int64_t{1} << first));
    engine::parameters to;
    for (int k = 0; k < s.rank || k == 0; ++k) {
      if (k > first && k <= last) continue;
      bool const one = k == first && (last > first || s.rank == 0);
      to.run_time[to.count] = !one && s.extents[k] < 0;
      to.values[to.count++] = one ? static_cast<int>(merged) : s.extents[k];
    }
    return reshape::front(b, to, x);
  }
};

}  // namespace slope::op
