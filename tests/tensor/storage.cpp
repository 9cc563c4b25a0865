// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/tensor/storage.hpp"

#include <cstdlib>
#include <new>
#include <type_traits>
#include <utility>

#include "catch.hpp"
#include "slope/tensor/factories.hpp"
#include "slope/tensor/tensor.hpp"

namespace {
int allocations = 0, releases = 0;
}

// Every block that this program takes is counted.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* block = std::malloc(size)) return block;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
  ++allocations;
  return std::malloc(size);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  ++allocations;
  auto const step = static_cast<std::size_t>(alignment);
  if (void* block = std::aligned_alloc(step, (size + step - 1) / step * step)) return block;
  throw std::bad_alloc();
}
void operator delete(void* block) noexcept { ++releases, std::free(block); }
void operator delete(void* block, std::size_t) noexcept { ++releases, std::free(block); }
void operator delete(void* block, std::align_val_t) noexcept { ++releases, std::free(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
  ++releases, std::free(block);
}

using namespace slope;

namespace {

struct counted {
  int taken = allocations, given_back = releases;
  bool none() const { return allocations == taken && releases == given_back; }
  int more() const { return allocations - taken; }
  int balance() const { return (allocations - taken) - (releases - given_back); }
};

}  // namespace

TEST_CASE("tensors of static extents never touch the heap") {
  counted const count;
  tensor<float, 2, 2> a{{1, 2}, {3, 4}}, b = a;
  a[0] = b[1];
  b = std::move(a);
  tensor<float, 2> const row(b[0]);
  auto const e = eye<double, 8>();
  bool const equal = b == a && row[0] == 3 && e(7, 7) == 1;
  bool const none = count.none();
  CHECK(equal);
  CHECK(none);
}

TEST_CASE("views never allocate") {
  float data[6]{};
  counted const count;
  tensor_view<float, dynamic, 3> const v(data, 2);
  auto const row = v[1];
  row(0) = 3;
  tensor_view<float, 3, 2> const turned(data, strides{1, 3});
  bool const same = turned(0, 1) == 3;
  bool const none = count.none();
  CHECK(same);
  CHECK(none);
}

TEST_CASE("one block for run-time extents, none to move or to assign the same size") {
  counted const count;
  {
    tensor<float, dynamic, 4> a(3);
    int const first = count.more();
    auto b = std::move(a);
    a = std::move(b);
    int const after_moves = count.more();
    tensor<float, dynamic, 4> c(a);
    int const after_copy = count.more();
    c = a;
    int const after_assignment = count.more();
    c = tensor<float, dynamic, 4>(5);
    int const after_growth = count.more();
    tensor<float, dynamic, 4> const none(0), nothing;
    int const after_empty = count.more();
    CHECK(first == 1);
    CHECK(after_moves == 1);
    CHECK(after_copy == 2);
    CHECK(after_assignment == 2);
    CHECK(after_growth == 3);
    CHECK(after_empty == 3);
  }
}

TEST_CASE("every block is given back") {
  counted const count;
  {
    tensor<double, dynamic> a(10), b(a), c(20);
    a = c;             // another size: the old block goes
    b = std::move(c);  // the block of b goes
    auto& self = b;
    b = self;
    b = std::move(self);
    a = tensor<double, dynamic>();
  }
  int const balance = count.balance();
  CHECK(balance == 0);
}
