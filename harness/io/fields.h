// The members of a struct, listed once for everything that reads or writes it. Internal to io/.
#pragma once

#include <type_traits>

namespace hybugs {

/// Specialised for each struct: `template <typename Archive, typename T> static void visit(Archive& archive, T& value)`
/// names the members, `archive("key", value.member)`, for both directions. A member that doesn't look like its type in
/// JSON goes through `archive.template as<Form>("key", value.member)`.
template <typename T>
struct Fields;

template <typename T, typename = void>
struct HasFields : std::false_type {};
template <typename T>
struct HasFields<T, std::void_t<decltype(sizeof(Fields<T>))>> : std::true_type {};

}  // namespace hybugs
