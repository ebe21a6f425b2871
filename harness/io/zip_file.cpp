#include "harness/io/zip_file.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <memory>
#include <sstream>

namespace hybugs {
namespace {

struct DiscardArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, DiscardArchive>;

struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Entry = std::unique_ptr<zip_file_t, CloseEntry>;

Error refuse(const std::string& path, const std::string& what) {
  return {path, 0, what, "pack it again from the files themselves"};
}

bool leads_out(const std::string& name) {
  if (name.empty() || name.front() == '/' || (name.size() > 1 && name[1] == ':')) return true;
  std::string part;
  std::string slashes = name;
  std::replace(slashes.begin(), slashes.end(), '\\', '/');
  for (std::istringstream parts(slashes); std::getline(parts, part, '/');) {
    if (part == "..") return true;
  }
  return false;
}

bool is_link(zip_t* archive, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return false;
  return system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16);
}

Result<std::string> read_entry(zip_t* archive, zip_uint64_t index, std::uint64_t most) {
  const Entry entry(zip_fopen_index(archive, index, 0));
  if (!entry) return Unexpected(Error{"", 0, zip_strerror(archive), ""});
  std::string text;
  for (char buffer[16 << 10];;) {
    const zip_int64_t size = zip_fread(entry.get(), buffer, sizeof buffer);
    if (size < 0) return Unexpected(Error{"", 0, zip_file_strerror(entry.get()), ""});
    if (size == 0) return text;
    text.append(buffer, static_cast<std::size_t>(size));
    if (text.size() > most) return Unexpected(Error{"", 0, fmt::format("has more than {} bytes", most), ""});
  }
}

Result<Archive> open_archive(const std::string& path) {
  int code = 0;
  Archive archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (archive) return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return Unexpected(refuse(path, "can't be read as a zip file: " + text));
}

}  // namespace

Result<std::map<std::string, std::string>> read_zip(const std::string& path,
                                                    const std::function<bool(const std::string& name)>& wanted,
                                                    const ZipLimits& limits) {
  auto archive = open_archive(path);
  if (!archive) return Unexpected(archive.error());
  const auto entries = static_cast<std::uint64_t>(zip_get_num_entries(archive->get(), 0));
  if (entries > limits.entries) {
    return Unexpected(refuse(path, fmt::format("has {} entries, at most {}", entries, limits.entries)));
  }
  std::map<std::string, std::string> files;
  std::uint64_t left = limits.all_bytes;
  for (std::uint64_t index = 0; index < entries; ++index) {
    const char* raw = zip_get_name(archive->get(), index, ZIP_FL_ENC_GUESS);
    const std::string name = raw == nullptr ? "" : raw;
    if (leads_out(name)) return Unexpected(refuse(path, fmt::format("'{}' leads out of the archive", name)));
    if (!wanted(name)) continue;
    if (is_link(archive->get(), index)) return Unexpected(refuse(path, fmt::format("'{}' is a link", name)));
    auto text = read_entry(archive->get(), index, std::min(limits.entry_bytes, left));
    if (!text) return Unexpected(refuse(path, fmt::format("'{}': {}", name, text.error().message)));
    left -= text->size();
    files[name] = std::move(*text);
  }
  return files;
}

}  // namespace hybugs
