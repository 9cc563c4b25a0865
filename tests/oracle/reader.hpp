// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// Reads the reference data in this folder (README.md has the grammar). Whatever does not follow
/// the grammar is an exception that names the file and the line: a skipped case would be a test
/// that cannot fail.
namespace oracle {

struct tensor {
  std::string key; // in, out, out64, cot, grad, grad64, hess, jac, dir, hvp, jvp
  std::string name;
  std::string second; // the second name of hess and jac
  std::string dtype;
  bool differentiated = false; // in: is there a gradient with regard to it
  std::vector<int> shape;
  std::vector<double> values;         // float32 (read as float, widened), float64
  std::vector<std::int64_t> integers; // the integer types and bool

  bool is_floating() const { return dtype == "float32" || dtype == "float64"; }
  std::size_t size() const { return is_floating() ? values.size() : integers.size(); }

  /// The elements as T, in C order. `unsigned char` stands for bool in a vector.
  template <class T> std::vector<T> as() const {
    std::vector<T> r;
    r.reserve(size());
    for (double v : values) r.push_back(static_cast<T>(v));
    for (std::int64_t v : integers) r.push_back(static_cast<T>(v));
    return r;
  }
};

/// The value of an `attr` line: the type's word, and its one value or its list.
struct attribute {
  std::string type; // none int float bool str ints floats bools
  std::vector<double> numbers;
  std::vector<std::int64_t> integers;
  std::string text;

  std::int64_t integer() const { return integers.at(0); }
  double number() const { return numbers.empty() ? double(integers.at(0)) : numbers.at(0); }
  bool truth() const { return integers.at(0) != 0; }
};

/// `fix which index value`: another value that is right too.
struct fix {
  std::string which;
  std::size_t index = 0;
  double value = 0;
};

struct test_case {
  std::string id, op, kind, tier, error, note, format, text, file, numpy;
  std::vector<std::string> tags;
  double rtol = 0, atol = 0;
  std::map<std::string, attribute> attributes;
  std::vector<std::pair<std::string, std::string>> let, expr; // name, expression; in order
  std::vector<tensor> tensors;
  std::vector<fix> fixes;

  bool tagged(std::string const& tag) const {
    for (auto const& t : tags)
      if (t == tag) return true;
    return false;
  }
  tensor const* find(std::string const& key, std::string const& name = "",
                     std::string const& second = "") const {
    for (auto const& t : tensors) {
      if (t.key == key && (name.empty() || t.name == name) &&
          (second.empty() || t.second == second))
        return &t;
    }
    return nullptr;
  }
  std::vector<tensor const*> all(std::string const& key) const {
    std::vector<tensor const*> r;
    for (auto const& t : tensors)
      if (t.key == key) r.push_back(&t);
    return r;
  }
};

namespace detail {

/// The words of one line, taken from left to right.
class words {
public:
  words(std::string line, std::string where) : line_(std::move(line)), where_(std::move(where)) {}

  [[noreturn]] void fail(std::string const& expected) const {
    throw std::runtime_error(where_ + ": expected " + expected + ": " + line_.substr(0, 80));
  }
  bool empty() const { return at_ >= line_.size(); }
  std::string rest() { return line_.substr(std::exchange(at_, line_.size())); }
  std::string next() {
    if (empty()) fail("one more word");
    std::size_t const space = line_.find(' ', at_);
    std::size_t const end = space == std::string::npos ? line_.size() : space;
    if (end == at_) fail("single spaces");
    std::string word = line_.substr(at_, end - at_);
    at_ = end + 1;
    return word;
  }
  std::int64_t integer() {
    std::string const w = next();
    char* end = nullptr;
    errno = 0;
    auto const v = std::strtoll(w.c_str(), &end, 10);
    if (*end != 0 || errno != 0) fail("an integer");
    return v;
  }
  int small(std::int64_t limit = 1 << 24) {
    std::int64_t const v = integer();
    if (v < 0 || v > limit) fail("a small count");
    return static_cast<int>(v);
  }
  double number(bool single = false) {
    std::string const w = next();
    char* end = nullptr;
    double const v = single ? double(std::strtof(w.c_str(), &end)) : std::strtod(w.c_str(), &end);
    if (*end != 0) fail("a number");
    return v;
  }

private:
  std::string line_, where_;
  std::size_t at_ = 0;
};

inline bool is_tensor_key(std::string const& word) {
  for (char const* key :
       {"in", "out", "out64", "cot", "grad", "grad64", "hess", "jac", "dir", "hvp", "jvp"}) {
    if (word == key) return true;
  }
  return false;
}

inline tensor read_tensor(std::string const& key, words& w) {
  tensor t;
  t.key = key;
  t.name = w.next();
  if (key == "hess" || key == "jac") t.second = w.next();
  t.dtype = w.next();
  if (key == "in") t.differentiated = w.small(1) != 0;
  std::size_t count = 1;
  for (int axes = w.small(32); axes > 0; --axes) {
    t.shape.push_back(w.small());
    count *= static_cast<std::size_t>(t.shape.back());
  }
  if (w.next() != ":") w.fail("a colon");
  for (std::size_t i = 0; i < count; ++i) {
    if (t.is_floating())
      t.values.push_back(w.number(t.dtype == "float32"));
    else
      t.integers.push_back(w.integer());
  }
  return t;
}

inline attribute read_attribute(words& w) {
  attribute a;
  a.type = w.next();
  std::string element = a.type;
  int count = element == "none" ? 0 : 1;
  if (element == "ints" || element == "floats" || element == "bools") {
    element.pop_back();
    count = w.small();
  }
  for (; count > 0; --count) {
    if (element == "int" || element == "bool")
      a.integers.push_back(w.integer());
    else if (element == "float")
      a.numbers.push_back(w.number());
    else if (element == "str")
      a.text = w.next();
    else
      w.fail("the type of an attribute");
  }
  return a;
}

} // namespace detail

/// The folder of this file; the build system gives it as an absolute path.
inline std::string folder() {
#if defined(SLOPE_TEST_SOURCE_DIR)
  return std::string(SLOPE_TEST_SOURCE_DIR) + "/oracle";
#else
  std::string const here = __FILE__;
  std::size_t const slash = here.rfind('/');
  return slash == std::string::npos ? "." : here.substr(0, slash);
#endif
}

/// All cases of one file of the folder.
inline std::vector<test_case> read(std::string const& name) {
  std::string const path = folder() + "/" + name;
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot open " + path);
  std::vector<test_case> cases;
  bool open = false;
  int number = 0;
  auto next_line = [&](std::string& line) {
    ++number;
    return static_cast<bool>(std::getline(in, line));
  };
  for (std::string line; next_line(line);) {
    detail::words w(line, path + ":" + std::to_string(number));
    if (!open && (line.empty() || line[0] == '#')) continue;
    std::string const key = w.next();
    if (!open) {
      if (key != "case") w.fail("a case");
      cases.emplace_back().id = w.next();
      open = true;
      continue;
    }
    test_case& c = cases.back();
    if (key == "end")
      open = false;
    else if (key == "op")
      c.op = w.next();
    else if (key == "kind")
      c.kind = w.next();
    else if (key == "tier")
      c.tier = w.next();
    else if (key == "tags")
      while (!w.empty()) c.tags.push_back(w.next());
    else if (key == "tol")
      c.rtol = w.number(), c.atol = w.number();
    else if (key == "attr") {
      std::string const n = w.next();
      c.attributes[n] = read_attribute(w);
    } else if (key == "let") {
      std::string const n = w.next();
      c.let.emplace_back(n, w.rest());
    } else if (key == "expr") {
      std::string const n = w.next();
      c.expr.emplace_back(n, w.rest());
    } else if (key == "error")
      c.error = w.next();
    else if (key == "note")
      c.note = w.rest();
    else if (key == "fmt")
      c.format = w.next();
    else if (key == "file")
      c.file = w.next();
    else if (key == "numpy")
      c.numpy = w.rest();
    else if (key == "fix") {
      fix f;
      f.which = w.next();
      f.index = static_cast<std::size_t>(w.small());
      f.value = w.number();
      c.fixes.push_back(f);
    } else if (key == "text") {
      for (int i = 0, n = w.small(); i < n; ++i) {
        if (!next_line(line) || line.empty() || line[0] != '|') w.fail("lines of text");
        c.text += (i == 0 ? "" : "\n") + line.substr(1);
      }
    } else if (detail::is_tensor_key(key))
      c.tensors.push_back(detail::read_tensor(key, w));
    else
      w.fail("a keyword");
    if (!w.empty()) w.fail("the end of the line");
  }
  if (open) throw std::runtime_error(path + ": the last case has no end");
  if (cases.empty()) throw std::runtime_error(path + ": no cases");
  return cases;
}

} // namespace oracle
