#include "sim/input/sha256.hpp"

#include <array>
#include <openssl/evp.h>

#include <fmt/format.h>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {

void Sha256::Freer::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  models::ensures(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1, "OpenSSL has SHA-256");
}

void Sha256::add(std::string_view bytes) {
  models::ensures(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1, "bytes go into a digest");
}

std::string Sha256::finish() {
  std::array<unsigned char, 32> digest{};
  models::ensures(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1, "a digest is finished once");
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

std::string sha256(std::string_view text) {
  Sha256 digest;
  digest.add(text);
  return digest.finish();
}

}  // namespace chokepoint::sim
