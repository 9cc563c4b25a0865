// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <slope/slope.hpp>

#include <boost/hana/contains.hpp>
#include <boost/hana/core/is_a.hpp>
#include <boost/hana/size.hpp>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", float, 2, 2> x;
constexpr variable<"w", float, 2, 2> w;
constexpr variable<"b", float, 2> b;
constexpr variable<"z", float, 3> z;

constexpr auto loss = mean(square(x * w + b));
constexpr auto grads = gradient(loss, x, w, b);
static_assert(grads[x] == gradient(loss, x));
static_assert(grads[w] == gradient(loss, w));
static_assert(grads[b] == gradient(loss, b));

namespace hana = boost::hana;
static_assert(hana::is_a<hana::map_tag>(grads));
static_assert(decltype(hana::size(grads))::value == 3);
static_assert(decltype(hana::contains(grads, x))::value);
static_assert(!decltype(hana::contains(grads, z))::value);

constexpr tensor<float, 2, 2> data{{1, 2}, {3, 4}}, weights{{1, 0}, {-1, 2}};
constexpr tensor<float, 2> offset{1, -1};
constexpr auto values = evaluate(grads, x = data, w = weights, b = offset);
static_assert(values[x] == evaluate(gradient(loss, x), x = data, w = weights, b = offset));
static_assert(values[b] == evaluate(gradient(loss, b), x = data, w = weights, b = offset));

}  // namespace

TEST_CASE("a map of gradients has the values of the single ones") {
  workspace ws;
  auto const at_run_time = evaluate(grads, x = data, w = weights, b = offset, ws);
  CHECK(at_run_time[x] == values[x]);
  CHECK(at_run_time[w] == values[w]);
  CHECK(at_run_time[b] == values[b]);
  // d/db mean((x w + b)^2) = sum over rows of (x w + b) / 2.
  CHECK(at_run_time[b] == tensor<float, 2>{0, 3});
}
