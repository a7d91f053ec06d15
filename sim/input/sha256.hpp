#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace chokepoint::sim {

/// SHA-256 (FIPS 180-4) of bytes that come in pieces, so that a file of any size is read through a small window. By
/// OpenSSL, whose headers stay in the one source.
class Sha256 {
 public:
  Sha256();

  void add(std::string_view bytes);
  /// 64 hexadecimal digits, as `sha256sum` prints them; ends the work.
  [[nodiscard]] std::string finish();

 private:
  struct Freer {
    void operator()(evp_md_ctx_st* context) const;
  };

  std::unique_ptr<evp_md_ctx_st, Freer> context_;
};

/// Of a whole text.
std::string sha256(std::string_view text);

}  // namespace chokepoint::sim
