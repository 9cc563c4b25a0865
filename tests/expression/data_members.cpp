// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// not with the third compiler

#include <slope/slope.hpp>

#include "catch.hpp"

// The member spellings call the functions of their names, on tensors, views, trees and leaves.
using namespace slope;

namespace {

constexpr tensor<double, 2, 2> t{{1, 2}, {3, 4}}, u{{0.5, -1}, {2, 0}};
constexpr tensor<double, 2> v{1, -2};

template <class X>
void check_members(X const& x) {
  CHECK(x.abs() == abs(x));
  CHECK(x.neg() == -x);
  CHECK(x.square() == x * x);
  CHECK(x.sqrt() == sqrt(x));
  CHECK(x.reciprocal() == 1 / x);
  CHECK(x.exp() == exp(x));
  CHECK(x.log() == log(x));
  CHECK(x.tanh() == tanh(x));
  CHECK(x.sigmoid() == sigmoid(x));
  CHECK(x.relu() == relu(x));
  CHECK(x.add(u) == x + u);
  CHECK(x.sub(1) == x - 1);
  CHECK(x.mul(2.5) == x * 2.5);
  CHECK(x.div(u + 3) == x / (u + 3));
  CHECK(x.pow(3) == pow(x, 3));
  CHECK(x.mm(u) == matmul(x, u));
  CHECK(x.mv(v) == matmul(x, v));
  CHECK(x.clamp(2, 3) == clamp(x, 2, 3));
  CHECK(x.sum().item() == 10);
  CHECK(x.template sum<0>() == tensor<double, 2>{4, 6});
  CHECK(x.template mean<1>(keepdim) == tensor<double, 2, 1>{{1.5}, {3.5}});
  CHECK(x.mean().item() == 2.5);
  CHECK(x.prod().item() == 24);
  CHECK(x.amax().item() == 4);
  CHECK(x.template amin<0>() == tensor<double, 2>{1, 2});
  CHECK(x.variance().item() == variance(x).item());
  CHECK(x.stddev().item() == stddev(x).item());
  CHECK(x.norm().item() == norm(x).item());
  CHECK(x.logsumexp().item() == logsumexp(x).item());
  CHECK(x.template softmax<1>() == softmax<1>(x));
  CHECK(x.template log_softmax<1>() == log_softmax<1>(x));
  CHECK(x.t() == tensor<double, 2, 2>{{1, 3}, {2, 4}});
  CHECK(x.template permute<1, 0>() == transpose(x));
  CHECK(x.template reshape<4>() == tensor<double, 4>{1, 2, 3, 4});
  CHECK(x.template unsqueeze<0>().squeeze() == x + 0);
  CHECK(x.template sum<0>().template broadcast_to<2, 2>() ==
        tensor<double, 2, 2>{{4, 6}, {4, 6}});
}

}  // namespace

TEST_CASE("members of tensors") { check_members(t); }
TEST_CASE("members of trees") { check_members(t + u - u); }
TEST_CASE("members of leaves") {
  auto const x = requires_grad<"x">(t);
  check_members(x);
  CHECK(v.dot(v).item() == 5);
  CHECK(v.outer(v) == tensor<double, 2, 2>{{1, -2}, {-2, 4}});
}
TEST_CASE("members of temporaries and of views that the tensor gives") {
  CHECK(tensor<double, 2>{1, 4}.sqrt() == tensor<double, 2>{1, 2});
  CHECK(t[1].square().sum().item() == 25);
}
