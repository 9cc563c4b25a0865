// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/graph/graph.hpp"
#include "slope/graph/symbol.hpp"

namespace slope::engine {

/// Adds nodes to a graph, each distinct node once: common sub-expressions are one node by
/// construction.
class builder {
 public:
  /// Rewrites a node that is about to be added; index -1 means: add it as it is.
  using rewriter = int (*)(builder&, node const&, location);

  work_graph& graph;
  rewriter rewrite = nullptr;
  /// False while a graph is recorded as it was written. Not asked of the pointer: g++ with UBSan
  /// compares no address of a function in constant expressions.
  bool simplifying = false;
  location at{};               ///< the user's line that failures name
  /// What the order of operands goes by, of the nodes before `keyed`; kept by symbolic/order.hpp.
  std::uint64_t keys[16384]{};
  int keyed = 0;
  int effort = 0;              ///< nodes seen by a rule that gives up after some number of them
  bool at_user_line = false;   ///< `at` stays as it is: one operation of the user is being added

  constexpr explicit builder(work_graph& g) : graph(g) {}
  constexpr builder(work_graph& g, rewriter rules) : graph(g), rewrite(rules), simplifying(true) {}
  builder(builder const&) = delete;
  builder& operator=(builder const&) = delete;

  constexpr bool recording() const { return !simplifying; }
  constexpr node const& operator[](int index) const { return graph.nodes[index]; }
  constexpr node const& operator[](symbol s) const { return graph.nodes[s.index()]; }
  constexpr shape const& shape_of(int index) const {
    return graph.shapes[graph.nodes[index].shape];
  }
  constexpr shape const& shape_of(symbol s) const { return shape_of(s.index()); }

  /// The node equal to n, added if it is new.
  constexpr int insert(node const& n) {
    unsigned const bucket = hash(n) % buckets;
    for (int i = head_[bucket]; i != 0; i = next_[i - 1])
      if (graph.nodes[i - 1] == n) return i - 1;
    if (graph.node_count >= capacity) {
      fail("graph: more than 16384 nodes", {});
      return 0;
    }
    int const index = graph.node_count++;
    graph.nodes[index] = n;
    enter(index, bucket);
    return index;
  }

  /// Takes up a graph that another builder has begun.
  constexpr void resume() {
    for (int i = 0; i < graph.node_count; ++i) enter(i, hash(graph.nodes[i]) % buckets);
  }

  /// How many operands operation op finds behind operand i when it is applied again and again:
  /// 3 for x * y * z, 1 for anything else than a product; 255 stands for more.
  constexpr int width(int op, int i) const { return graph.nodes[i].op == op ? widths_[i] : 1; }

  constexpr std::int16_t intern(shape const& s) {
    for (int i = 0; i < graph.shape_count; ++i)
      if (graph.shapes[i] == s) return static_cast<std::int16_t>(i);
    if (graph.shape_count >= 255) {
      fail("graph: more than 255 different shapes", {});
      return 0;
    }
    graph.shapes[graph.shape_count] = s;
    return static_cast<std::int16_t>(graph.shape_count++);
  }

  constexpr int intern(rational const& value) {
    for (int i = 0; i < graph.constant_count; ++i)
      if (graph.constants[i].value() == value) return i;
    if (graph.constant_count >= 1023) {
      fail("graph: more than 1023 different constants", {});
      return 0;
    }
    graph.constants[graph.constant_count] = {value.numerator, value.denominator, value.floating};
    return graph.constant_count++;
  }

  constexpr int intern(external_function const* function) {
    for (int i = 0; i < graph.external_count; ++i)
      if (graph.externals[i]->id == function->id) return i;
    if (graph.external_count >= 31) {
      fail("graph: more than 31 external functions", {});
      return 0;
    }
    graph.externals[graph.external_count] = function;
    return graph.external_count++;
  }

  /// The entry of a run-time size: by name, or by leaf and axis where it has none.
  constexpr int intern_size(char const* name, int leaf_index, int axis) {
    for (int i = 0; i < graph.size_count; ++i) {
      runtime_size const& s = graph.sizes[i];
      if (name[0] != 0 ? detail::same_text(s.name, name)
                       : (s.name[0] == 0 && s.leaf == leaf_index && s.axis == axis)) {
        return i;
      }
    }
    graph.sizes[graph.size_count] = {name, leaf_index, axis};
    return graph.size_count++;
  }

  /// The index of a leaf by name (or by number where it has none), declared if it is new.
  constexpr int intern_leaf(char const* name, int ordinal, dtype type, shape_info const& extents) {
    int index = 0;
    for (; index < graph.leaf_count; ++index) {
      leaf const& l = graph.leaves[index];
      if (name[0] != 0 ? detail::same_text(l.name, name)
                       : (l.name[0] == 0 && l.ordinal == ordinal)) {
        break;
      }
    }
    if (index == graph.leaf_count) graph.leaf_count++;
    else if (graph.leaves[index].type != type || !same_extents(index, extents)) {
      failure_text text;
      text.write("variable ");
      text.write(name);
      text.write(": one name, two types or shapes");
      fail(text, {});
      return index;
    }
    shape s{};
    s.rank = extents.rank;
    for (int k = 0; k < extents.rank; ++k) {
      extent const e = extents.extents[k];
      s.extents[k] = e.size >= 0 ? e.size : runtime_extent(intern_size(e.name, index, k));
    }
    graph.leaves[index] = {name, ordinal, type, intern(s)};
    return index;
  }

  /// Records the first failure; what follows is poisoned but goes on.
  using failure_text = detail::text_buffer<160>;
  constexpr void fail(failure_text const& text, location where) {
    if (graph.error.failed) return;
    graph.error = {text, where.line != 0 ? where.file : at.file,
                   where.line != 0 ? where.line : at.line, true};
  }
  constexpr void fail(char const* text, location where) {
    failure_text buffer;
    buffer.write(text);
    fail(buffer, where);
  }

  /// The shape as errors spell it, run-time sizes by name.
  constexpr shape_info describe(shape const& s) const {
    shape_info info;
    info.rank = s.rank;
    for (int k = 0; k < s.rank; ++k) {
      info.extents[k] = s.extents[k] >= 0
                            ? extent{s.extents[k], ""}
                            : extent{-1, graph.sizes[size_index(s.extents[k])].name};
    }
    return info;
  }

  /// Records that two extents must be equal when the program runs.
  constexpr void add_check(runtime_check const& check) {
    for (int i = 0; i < graph.check_count; ++i) {
      runtime_check const& c = graph.checks[i];
      if (c.left_extent == check.left_extent && c.right_extent == check.right_extent) return;
    }
    if (graph.check_count < 511) graph.checks[graph.check_count++] = check;
  }

 private:
  static constexpr unsigned buckets = 4096;
  static constexpr int capacity = 16384;

  constexpr void enter(int index, unsigned bucket) {
    node const& n = graph.nodes[index];
    int operands = 0;
    for (int a : n.args)
      if (a >= 0) operands += width(n.op, a);
    widths_[index] = static_cast<unsigned char>(operands < 255 ? operands : 255);
    next_[index] = head_[bucket];
    head_[bucket] = index + 1;
  }
  static constexpr unsigned hash(node const& n) {
    std::uint64_t h = n.op * 0x9E3779B97F4A7C15u + static_cast<std::uint64_t>(n.attribute);
    h = (h ^ (h >> 29)) * 0xBF58476D1CE4E5B9u + static_cast<unsigned>(n.args[0]);
    h = (h ^ (h >> 32)) * 0x94D049BB133111EBu + static_cast<unsigned>(n.args[1]);
    h = (h ^ (h >> 29)) * 0xBF58476D1CE4E5B9u + static_cast<unsigned>(n.args[2]) * 31u +
        static_cast<unsigned>(n.shape);
    return static_cast<unsigned>(h >> 40);
  }
  constexpr bool same_extents(int index, shape_info const& extents) const {
    shape const& s = graph.shapes[graph.leaves[index].shape];
    if (s.rank != extents.rank) return false;
    for (int k = 0; k < s.rank; ++k) {
      extent const e = extents.extents[k];
      if (e.size >= 0) {
        if (s.extents[k] != e.size) return false;
      } else {
        if (s.extents[k] >= 0) return false;
        if (!detail::same_text(graph.sizes[size_index(s.extents[k])].name, e.name)) return false;
      }
    }
    return true;
  }
  unsigned char widths_[capacity]{};
  int head_[buckets]{};
  int next_[capacity]{};
};

}  // namespace slope::engine

namespace slope {

constexpr int symbol::rank() const { return owner_ == nullptr ? 0 : owner_->shape_of(index_).rank; }

constexpr int symbol::extent(int axis, engine::location at) const {
  if (owner_ == nullptr) return 1;
  engine::shape const& s = owner_->shape_of(index_);
  int const k = axis < 0 ? axis + s.rank : axis;
  if (k >= 0 && k < s.rank && s.extents[k] >= 0) return s.extents[k];
  engine::builder::failure_text text;
  if (k < 0 || k >= s.rank) {
    text.write("extent: no axis ");
    text.write_integer(axis);
    text.write(" in ");
    write_shape(text, owner_->describe(s));
  } else {
    text.write("extent: run-time, use size_of<");
    text.write_integer(axis);
    text.write(">(x)");
  }
  owner_->fail(text, owner_->at_user_line ? owner_->at : at);
  return 1;
}

constexpr symbol::operator bool() const {
  if (owner_ == nullptr) return !(literal_ == rational(0));
  owner_->fail("if: a symbol, use where", {});
  return false;
}

namespace engine {

/// Answers a question that has no answer in a trace: false, and the trace has failed.
constexpr bool no_answer(char const* text, located const& a, located const& b) {
  builder* const owner = a.value.owner() != nullptr ? a.value.owner() : b.value.owner();
  owner->fail(text, owner->at_user_line ? owner->at : a.at);
  return false;
}

}  // namespace engine

}  // namespace slope
