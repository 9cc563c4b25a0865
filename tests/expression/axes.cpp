// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <slope/slope.hpp>

#include <concepts>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", double, 2, 3> x;
constexpr variable<"w", double, 3, 2> w;
constexpr variable<"v", double, 3> v;
constexpr variable<"u", double, 2> u;
constexpr variable<"z", double, 4, 5> z;

// Formulas, as they are written and simplified.
static_assert(to_string(sum<0>(x)) == "sum<0>(x)");
static_assert(to_string(sum<-1>(x, keepdim)) == "sum<1>(x, keepdim)");
static_assert(to_string(variance<0>(x, correction<0>)) == "variance<0>(x, correction<0>)");
static_assert(to_string(simplify(matmul(transpose(x), matmul(x, v)))) ==
              "matmul(transpose(x), matmul(x, v))");
static_assert(sum<0, 1>(x) == sum(x));
static_assert(sum<0>(sum<1>(x)) == sum(x));
static_assert(sum<-1>(x) == sum<1>(x));
static_assert(sum<0>(x) != sum<1>(x));
static_assert(mean<1>(x) == sum<1>(x) / 3_c);
static_assert(transpose(transpose(x)) == x);
static_assert(permute<1, 0>(x) == transpose(x));
static_assert(transpose(v) == v);
static_assert(std::same_as<decltype(simplify(broadcast_to<2, 3>(v))),
                           std::remove_const_t<decltype(broadcast_to<2, 3>(v))>>);
static_assert(std::same_as<decltype(simplify(transpose(x))), decltype(transpose(x))>);
static_assert(std::same_as<decltype(simplify(sum<0>(x))), decltype(sum<0>(x))>);
static_assert(reshape<2, 3>(reshape<3, -1>(x)) == x);
static_assert(squeeze<1>(unsqueeze<1>(x)) == x);
static_assert(sum(transpose(x)) == sum(x));
static_assert(sum<0>(broadcast_to<2, 3>(v)) == 2_c * v);
static_assert(sum(3_c * x) == 3_c * sum(x));
static_assert(size_of<1>(x) == 3_c);
static_assert(log(sum<1>(exp(x))) == logsumexp<1>(x));
static_assert(log(sum<1>(exp(x), keepdim)) == logsumexp<1>(x, keepdim));
static_assert(log(softmax<1>(x)) == log_softmax<1>(x));
static_assert(exp(x) / sum<1>(exp(x), keepdim) == softmax<1>(x));
static_assert(mv(x, v) == matmul(x, v));
static_assert(mm(x, w) == matmul(x, w));
static_assert(dot(v, v) == sum(square(v)));
static_assert(matmul(2_c * x, w) == 2_c * matmul(x, w));

// Gradients as formulas.
static_assert(gradient(sum(square(reshape<6>(x))), x) == 2_c * x);
static_assert(gradient(sum(square(transpose(x))), x) == 2_c * x);
static_assert(gradient(sum(square(matmul(x, w))), x) ==
              2_c * matmul(matmul(x, w), transpose(w)));
static_assert(gradient(sum(square(matmul(x, w))), w) ==
              2_c * matmul(transpose(x), matmul(x, w)));
static_assert(gradient(sum(square(mv(x, v))), v) == 2_c * mv(transpose(x), mv(x, v)));
static_assert(gradient(dot(v, v), v) == 2_c * v);
static_assert(gradient(logsumexp(v), v) == softmax<0>(v));

// A tree that went through the graph means the same graph.
template <class E>
constexpr bool round_trip(E e) {
  return simplify(e) == e && std::same_as<decltype(simplify(simplify(e))), decltype(simplify(e))>;
}
static_assert(round_trip(sum<1>(x, keepdim) * x));
static_assert(round_trip(softmax<0>(x) + log_softmax<1>(x)));
static_assert(round_trip(stddev<1>(x, correction<0>) * variance(x)));
static_assert(round_trip(matmul(v, matmul(w, x))));
static_assert(round_trip(permute<2, 0, 1>(reshape<1, 3, 2>(x)) + broadcast_to<2, 1, 3>(v)));
static_assert(round_trip(amax<0>(x) * prod<0>(x) + amin<0>(x) + norm<0>(x) + logsumexp<0>(x)));

// What does not fit is false, not an error.
template <class A, class B>
concept has_matmul = requires(A a, B b) { matmul(a, b); };
template <class A>
concept has_axis_2 = requires(A a) { sum<2>(a); };
template <class A>
concept is_8 = requires(A a) { reshape<4, 2>(a); };
static_assert(has_matmul<decltype(x), decltype(w)> && !has_matmul<decltype(x), decltype(z)>);
static_assert(has_axis_2<decltype(unsqueeze<0>(x))> && !has_axis_2<decltype(x)>);
static_assert(!is_8<decltype(x)>);

/// The written tree's complaint.
template <class Op, auto... Children>
constexpr bool says(char const* text) {
  return detail::same_text(
      engine::written<node<Op, Children...>>::full.error.text.text, text);
}
static_assert(says<op::matmul, x, z>("matmul: (2,3) x (4,5)"));
static_assert(says<op::mm, x, v>("mm: (2,3) x (3)"));
static_assert(says<op::mv, x, u>("mv: (2,3) x (2)"));
static_assert(says<op::dot, u, v>("dot: (2) x (3)"));
static_assert(says<op::with<op::sum, 2>, x>("sum: axis 2 of (2,3)"));
static_assert(says<op::with<op::mean, 0, 0>, x>("mean: axis 0 of (2,3) twice"));
static_assert(says<op::with<op::reshape, 4, 2>, x>("reshape: (2,3) to (4,2)"));
static_assert(says<op::with<op::broadcast, 3, 2>, x>("broadcast_to: (2,3) to (3,2)"));
static_assert(says<op::softmax, x>("softmax: along which axis of (2,3)"));
static_assert(says<op::with<op::permute, 0, 0>, x>("permute: each axis once of (2,3)"));

// Run-time extents: by name, and open ones that a check unifies when data is bound.
constexpr variable<"X", double, dim<"n">, 3> rows;
constexpr variable<"y", double, dynamic> open;
static_assert(to_string(mean<1>(rows)) == "mean<1>(X)");
static_assert(to_string(simplify(mean(rows))) == "sum(X) / size_of<0>(X) / 3");
static_assert(to_string(reshape<dim<"n">, 3, -1>(rows)) == "reshape<dim<\"n\">, 3, 1>(X)");
static_assert(to_string(gradient(sum(open), open)) == "broadcast_to<size_of<0>(y)>(1)");
static_assert(gradient(sum(square(mv(rows, v))), v) == 2_c * mv(transpose(rows), mv(rows, v)));
static_assert(round_trip(variance<0>(rows) + mean<0>(rows)));

}  // namespace

TEST_CASE("formulas along axes are checked while this file is compiled") { SUCCEED(); }
