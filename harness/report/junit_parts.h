// What all JUnit files share. Internal to report/.
#pragma once

#include <tinyxml2.h>

#include <string>
#include <string_view>

#include "harness/core/case_result.h"

namespace hybugs {

/// `text` with characters that XML 1.0 can't hold, not even escaped, replaced by U+FFFD.
std::string xml_characters(std::string_view text);

/// Element <-> scope, so that no element stays open.
class Element {
 public:
  Element(tinyxml2::XMLPrinter& printer, const char* name) : printer_(printer) { printer_.OpenElement(name); }
  ~Element() { printer_.CloseElement(); }
  Element(const Element&) = delete;
  Element& operator=(const Element&) = delete;

  void attribute(const char* name, const std::string& value) {
    printer_.PushAttribute(name, xml_characters(value).c_str());
  }
  void text(const std::string& value) { printer_.PushText(xml_characters(value).c_str()); }

 private:
  tinyxml2::XMLPrinter& printer_;
};

/// The context as properties of a suite.
void add_properties(tinyxml2::XMLPrinter& printer, const Context& context);

}  // namespace hybugs
