// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "every_cell.hpp"

#include <slope/slope.hpp>

#include <array>
#include <cmath>
#include <string_view>
#include <vector>

/// What walks through the table of operations share: where they are sampled, graphs of one operation,
/// and their values.
namespace table_walk {

using namespace slope;
using namespace slope::engine;

constexpr int samples = 16;

/// Where the operands of an operation are sampled; in between nothing is undefined or has a kink.
struct domain {
  std::string_view name;
  double low[3], high[3];
};

// An operation that is not here is sampled where nearly all functions are defined.
inline constexpr domain unknown{"", {0.15, 0.12, 0.1}, {0.85, 0.8, 0.9}};
// clang-format off
inline constexpr domain domains[] = {
    {"exp",      {-20},         {20}},
    {"exp2",     {-20},         {20}},
    {"expm1",    {-4},          {4}},
    {"log",      {0.01},        {90}},
    {"log2",     {0.01},        {90}},
    {"log10",    {0.01},        {90}},
    {"log1p",    {-0.9},        {9}},
    {"sin",      {-40},         {40}},
    {"cos",      {-40},         {40}},
    {"tan",      {-1.4},        {1.4}},
    {"sinh",     {-5},          {5}},
    {"cosh",     {-5},          {5}},
    {"tanh",     {-5},          {5}},
    {"asin",     {-0.95},       {0.95}},
    {"acos",     {-0.95},       {0.95}},
    {"atan",     {-9},          {9}},
    {"sigmoid",  {-9},          {9}},
    {"softplus", {-9, 0.5},     {9, 3}},
    {"add",      {-9, -8},      {9, 7}},
    {"subtract", {-9, -8},      {9, 7}},
    {"multiply", {-9, -8},      {9, 7}},
    {"divide",   {-9, 0.5},     {9, 7}},
    {"pow",      {0.2, -3},     {5, 3}},
    {"abs",      {-9},          {9}},
    {"sign",     {-9},          {9}},
    {"relu",     {-9},          {9}},
    {"negative", {-9},          {9}},
    {"square",   {-9},          {9}},
    {"maximum",  {-9, -8},      {9, 7}},
    {"minimum",  {-9, -8},      {9, 7}},
    {"clamp",    {-9, -5, 2},   {9, 0, 6}},
    {"clamp_min", {-9, -5},     {9, 5}},
    {"clamp_max", {-9, -5},     {9, 5}},
    {"fmod",     {1, 1},        {9, 6}},
    {"remainder", {-9, 1},      {9, 6}},
    {"copysign", {-9, -8},      {9, 7}},
    {"asinh",    {-9},          {9}},
    {"acosh",    {1.1},         {9}},
    {"atanh",    {-0.9},        {0.9}},
    {"atan2",    {-9, -8},      {9, 7}},
    {"hypot",    {-9, -8},      {9, 7}},
    {"erf",      {-4},          {4}},
    {"erfc",     {-4},          {4}},
    {"erfinv",   {-0.9},        {0.9}},
    {"lgamma",   {0.2},         {9}},
    {"digamma",  {1.6},         {9}},
    {"polygamma", {1.1, 0.6},   {3.9, 5}},
    {"sinc",     {0.1},         {0.45}},
    {"logaddexp", {-9, -8},     {9, 7}},
    {"ndtr",     {-12},         {4}},
    {"softsign", {-9},          {9}},
    {"logsigmoid", {-9},        {9}},
};
// clang-format on

constexpr domain domain_of(std::string_view name) {
  for (domain const& d : domains)
    if (d.name == name) return d;
  return unknown;
}

/// Sample k of operand a: multiples of an irrational number, modulo 1, spread over the domain.
constexpr double sample(domain const& d, int a, int k) {
  constexpr double turns[] = {0.6180339887498949, 0.4142135623730951, 0.7320508075688772};
  double const turn = turns[a] * (k + 1);
  return d.low[a] + (d.high[a] - d.low[a]) * (turn - static_cast<int>(turn));
}

template <class Op>
constexpr bool is_function = Op::result == type_rule::floating || std::same_as<Op, op::power>;

template <class T>
using values = std::array<T, samples>;

/// The operands as T, integers truncated. Made while this is compiled: -ffp-contract would make
/// others at run time.
template <class Op, class T>
constexpr std::array<values<T>, 3> make_operands() {
  std::array<values<T>, 3> all{};
  for (int a = 0; a < 3; ++a) {
    for (int k = 0; k < samples; ++k) {
      T& x = all[static_cast<std::size_t>(a)][static_cast<std::size_t>(k)];
      if constexpr (std::same_as<T, bool>) x = (k >> a & 1) != 0;
      else x = static_cast<T>(sample(domain_of(Op::name()), a, k));
    }
  }
  return all;
}
template <class Op, class T>
constexpr std::array<values<T>, 3> operands_of = make_operands<Op, T>();

template <class Op, class T>
constexpr T operand(int a, int k) {
  return operands_of<Op, T>[static_cast<std::size_t>(a)][static_cast<std::size_t>(k)];
}

using leaf_numbers = std::array<values<double>, 3>;

/// The elements of a root; every leaf is of double.
inline std::vector<double> interpreted(work_graph const& g, int root, leaf_numbers const& leaves) {
  std::vector<std::int64_t> offsets{0};
  for (int i = 0; i < g.node_count; ++i)
    offsets.push_back(offsets.back() + element_count(view(g).shape_of(i)));
  std::vector<cell> all(static_cast<std::size_t>(offsets.back()) + 1);
  for (int i = 0; i < g.node_count; ++i) {
    if (g.nodes[i].op != op_number<op::variable>()) continue;
    auto const& data = leaves[static_cast<std::size_t>(g.leaves[g.nodes[i].attribute].ordinal)];
    for (std::size_t k = 0; k < samples; ++k)
      all[static_cast<std::size_t>(offsets[static_cast<std::size_t>(i)]) + k].real = data[k];
  }
  interpret(view(g), every_cell, all.data(), offsets.data());
  std::vector<double> result;
  std::int64_t const count = element_count(view(g).shape_of(root));
  for (std::int64_t k = 0; k < count; ++k) {
    cell const& c = all[static_cast<std::size_t>(offsets[static_cast<std::size_t>(root)] + k)];
    result.push_back(is_floating(g.nodes[root].type) ? c.real : static_cast<double>(c.whole));
  }
  return result;
}

/// The operation on as many vectors or, where it folds axes, on one matrix.
template <class Op, class Leaf, class How>
symbol operation_on(builder& b) {
  // One after the other: the order of arguments is the compiler's choice.
  auto const leaf = [&b](int k) { return argument_symbol<Leaf>(b, k); };
  symbol const x = leaf(0);
  if constexpr (Op::arity == 1) {
    return build<How>(x);
  } else {
    symbol const y = leaf(1);
    if constexpr (std::same_as<Op, op::igamma> || std::same_as<Op, op::igammac>) {
      return build<How>(symbol(1.75), y);  // no derivative by the first
    } else if constexpr (Op::arity == 2) {
      return build<How>(x, y);
    } else {
      symbol const z = leaf(2);
      if constexpr (Op::conditional) return build<How>(x < symbol(0.5), y, z);
      else return build<How>(x, y, z);
    }
  }
}

template <class Op>
concept plain_composite = requires(symbol s) { Op::expand(s); } ||
                          requires(symbol s) { Op::expand(s, s); };

/// f of each operation in turn.
template <class F, class... Ops>
void each(op_list<Ops...>, F const& f) {
  (f(static_cast<Ops*>(nullptr)), ...);
}

}  // namespace table_walk
