// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/tensor/methods.hpp"

#include <string_view>
#include <type_traits>
#include <utility>

#include "catch.hpp"
#include "slope/tensor/tensor.hpp"

namespace {

/// What a function saw: its name, its template arguments, and how it got its first operand.
struct call {
  std::string_view name;
  int first_axis = -100, second_axis = -100, operands = 1;
  bool owns = false;

  constexpr bool operator==(call const&) const = default;
};

template <class X>
constexpr bool moved = !std::is_reference_v<X>;

}  // namespace

// Stand-ins for the functions, found by argument-dependent lookup as the real ones are.
namespace slope {

// clang-format off
template <tensor_like X> constexpr call abs(X&&) { return {"abs", -100, -100, 1, moved<X>}; }
template <tensor_like X> constexpr call neg(X&&) { return {"neg"}; }
template <tensor_like X> constexpr call square(X&&) { return {"square"}; }
template <tensor_like X> constexpr call sqrt(X&&) { return {"sqrt"}; }
template <tensor_like X> constexpr call reciprocal(X&&) { return {"reciprocal"}; }
template <tensor_like X> constexpr call exp(X&&) { return {"exp"}; }
template <tensor_like X> constexpr call log(X&&) { return {"log"}; }
template <tensor_like X> constexpr call sin(X&&) { return {"sin"}; }
template <tensor_like X> constexpr call cos(X&&) { return {"cos"}; }
template <tensor_like X> constexpr call tan(X&&) { return {"tan"}; }
template <tensor_like X> constexpr call tanh(X&&) { return {"tanh"}; }
template <tensor_like X> constexpr call sigmoid(X&&) { return {"sigmoid"}; }
template <tensor_like X> constexpr call relu(X&&) { return {"relu"}; }

constexpr call two(std::string_view name) { return {name, -100, -100, 2}; }
template <tensor_like X, class Y> constexpr call add(X&&, Y&&) { return two("add"); }
template <tensor_like X, class Y> constexpr call sub(X&&, Y&&) { return two("sub"); }
template <tensor_like X, class Y> constexpr call mul(X&&, Y&&) { return two("mul"); }
template <tensor_like X, class Y> constexpr call div(X&&, Y&&) { return two("div"); }
template <tensor_like X, class Y> constexpr call pow(X&&, Y&&) { return two("pow"); }
template <tensor_like X, class Y> constexpr call mm(X&&, Y&&) { return {"mm", -100, -100, 2, moved<X> && moved<Y>}; }
template <tensor_like X, class Y> constexpr call matmul(X&&, Y&&) { return two("matmul"); }
template <tensor_like X, class Y> constexpr call mv(X&&, Y&&) { return two("mv"); }
template <tensor_like X, class Y> constexpr call dot(X&&, Y&&) { return two("dot"); }
template <tensor_like X, class Y> constexpr call outer(X&&, Y&&) { return two("outer"); }
template <tensor_like X, class L, class H> constexpr call clamp(X&&, L, H) { return {"clamp", -100, -100, 3}; }

template <tensor_like X> constexpr call sum(X&&) { return {"sum"}; }
template <int A, tensor_like X> constexpr call sum(X&&) { return {"sum", A}; }
template <int A, tensor_like X, class K> constexpr call sum(X&&, K) { return {"sum", A, -100, 2, moved<X>}; }
template <int A, int B, tensor_like X> constexpr call sum(X&&) { return {"sum", A, B}; }
template <int A, tensor_like X> constexpr call mean(X&&) { return {"mean", A}; }
template <int A, tensor_like X> constexpr call prod(X&&) { return {"prod", A}; }
template <int A, tensor_like X> constexpr call amax(X&&) { return {"amax", A}; }
template <int A, tensor_like X> constexpr call amin(X&&) { return {"amin", A}; }
template <int A, tensor_like X> constexpr call variance(X&&) { return {"variance", A}; }
template <int A, tensor_like X> constexpr call stddev(X&&) { return {"stddev", A}; }
template <int A, tensor_like X> constexpr call norm(X&&) { return {"norm", A}; }
template <int A, tensor_like X> constexpr call logsumexp(X&&) { return {"logsumexp", A}; }
template <int A, tensor_like X> constexpr call softmax(X&&) { return {"softmax", A}; }
template <int A, tensor_like X> constexpr call log_softmax(X&&) { return {"log_softmax", A}; }
template <tensor_like X> constexpr call transpose(X&&) { return {"transpose"}; }
template <int A, int B, tensor_like X> constexpr call transpose(X&&) { return {"transpose", A, B}; }
template <int A, int B, tensor_like X> constexpr call permute(X&&) { return {"permute", A, B}; }
template <int A, int B, tensor_like X> constexpr call reshape(X&&) { return {"reshape", A, B}; }
template <tensor_like X> constexpr call squeeze(X&&) { return {"squeeze"}; }
template <int A, tensor_like X> constexpr call squeeze(X&&) { return {"squeeze", A}; }
template <int A, tensor_like X> constexpr call unsqueeze(X&&) { return {"unsqueeze", A}; }
template <int A, int B, tensor_like X> constexpr call broadcast_to(X&&) { return {"broadcast_to", A, B}; }
// clang-format on

}  // namespace slope

using namespace slope;

namespace {

constexpr tensor<float, 2, 2> t{{1, 2}, {3, 4}}, u = t;

template <class X>
constexpr bool calls_the_functions(X const& x) {
  constexpr auto of = [](std::string_view name) { return call{name}; };
  return x.abs() == of("abs") && x.neg() == of("neg") && x.square() == of("square") &&
         x.sqrt() == of("sqrt") && x.reciprocal() == of("reciprocal") && x.exp() == of("exp") &&
         x.log() == of("log") && x.sin() == of("sin") && x.cos() == of("cos") &&
         x.tan() == of("tan") && x.tanh() == of("tanh") && x.sigmoid() == of("sigmoid") &&
         x.relu() == of("relu");
}
static_assert(calls_the_functions(t));

static_assert(t.add(u) == two("add") && t.sub(1) == two("sub") && t.mul(2.f) == two("mul"));
static_assert(t.div(u) == two("div") && t.pow(2) == two("pow") && t.mm(u) == two("mm"));
static_assert(t.matmul(u) == two("matmul") && t.mv(u[0]) == two("mv") && t.dot(u) == two("dot"));
static_assert(t.outer(u) == two("outer") && t.clamp(0, 1).operands == 3);

static_assert(t.sum() == call{"sum"} && t.sum<0>() == call{"sum", 0});
static_assert(t.sum<0, 1>() == call{"sum", 0, 1});
static_assert(t.sum<-1>(true) == call{"sum", -1, -100, 2});
static_assert(t.mean<1>() == call{"mean", 1} && t.prod<1>() == call{"prod", 1});
static_assert(t.amax<1>() == call{"amax", 1} && t.amin<1>() == call{"amin", 1});
static_assert(t.variance<1>() == call{"variance", 1} && t.stddev<1>() == call{"stddev", 1});
static_assert(t.norm<1>() == call{"norm", 1} && t.logsumexp<1>() == call{"logsumexp", 1});
static_assert(t.softmax<1>() == call{"softmax", 1});
static_assert(t.log_softmax<1>() == call{"log_softmax", 1});
static_assert(t.t() == call{"transpose"} && t.transpose<0, 1>() == call{"transpose", 0, 1});
static_assert(t.permute<1, 0>() == call{"permute", 1, 0});
static_assert(t.reshape<4, 1>() == call{"reshape", 4, 1});
static_assert(t.squeeze() == call{"squeeze"} && t.squeeze<0>() == call{"squeeze", 0});
static_assert(t.unsqueeze<0>() == call{"unsqueeze", 0});
static_assert(t.broadcast_to<3, 2>() == call{"broadcast_to", 3, 2});

// An lvalue tensor is borrowed, an rvalue one given away; a view always travels by value.
constexpr tensor_view<float const, 2, 2> view(t);
static_assert(!t.abs().owns && tensor<float, 2>{1, 2}.abs().owns);
static_assert(view.abs().owns && t[0].abs().owns);
static_assert(view.sum<0>(true).owns && !t.sum<0>(true).owns);
static_assert(tensor<float, 2>{1, 2}.mm(tensor<float, 2>{3, 4}).owns);
static_assert(!tensor<float, 2>{1, 2}.mm(u).owns);
static_assert(view.exp() == call{"exp"} && view.reshape<4, 1>() == call{"reshape", 4, 1});

}  // namespace

TEST_CASE("member spellings work on run-time extents as well") {
  tensor<float, dynamic, 2> const d = t;
  CHECK(d.exp() == call{"exp"});
  CHECK(d.mm(t) == two("mm"));
  CHECK(d[0].softmax<0>() == call{"softmax", 0});
}
