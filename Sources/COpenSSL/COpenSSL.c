#include "COpenSSL.h"

#include <openssl/ec.h>
#include <openssl/rsa.h>

int netlab_SSL_CTX_set_min_proto_version(SSL_CTX *ctx, int version) {
  return (int)SSL_CTX_set_min_proto_version(ctx, version);
}

int netlab_SSL_CTX_set_max_proto_version(SSL_CTX *ctx, int version) {
  return (int)SSL_CTX_set_max_proto_version(ctx, version);
}

long netlab_SSL_CTX_set_mode(SSL_CTX *ctx, long mode) { return SSL_CTX_set_mode(ctx, mode); }

long netlab_SSL_CTX_set_session_cache_mode(SSL_CTX *ctx, long mode) {
  return SSL_CTX_set_session_cache_mode(ctx, mode);
}

int netlab_SSL_CTX_set1_groups_list(SSL_CTX *ctx, const char *list) {
  return (int)SSL_CTX_set1_groups_list(ctx, (char *)list);
}

int netlab_SSL_CTX_add1_chain_cert(SSL_CTX *ctx, X509 *certificate) {
  return (int)SSL_CTX_add1_chain_cert(ctx, certificate);
}

uint64_t netlab_SSL_OP_NO_RENEGOTIATION(void) { return SSL_OP_NO_RENEGOTIATION; }

uint64_t netlab_SSL_OP_NO_TICKET(void) { return SSL_OP_NO_TICKET; }

uint64_t netlab_SSL_OP_CIPHER_SERVER_PREFERENCE(void) { return SSL_OP_CIPHER_SERVER_PREFERENCE; }

int netlab_SSL_get_ex_new_index(void) { return SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL); }

int netlab_SSL_set_tlsext_host_name(SSL *ssl, const char *name) {
  return (int)SSL_set_tlsext_host_name(ssl, (char *)name);
}

void netlab_SSL_set_msg_callback_arg(SSL *ssl, void *argument) { SSL_set_msg_callback_arg(ssl, argument); }

long netlab_BIO_get_mem_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }

void netlab_BIO_set_mem_eof_return(BIO *bio, int value) { BIO_set_mem_eof_return(bio, value); }

void netlab_OPENSSL_free(void *memory) { OPENSSL_free(memory); }

int netlab_sk_X509_num(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }

X509 *netlab_sk_X509_value(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }

int netlab_sk_GENERAL_NAME_num(const GENERAL_NAMES *stack) { return sk_GENERAL_NAME_num(stack); }

GENERAL_NAME *netlab_sk_GENERAL_NAME_value(const GENERAL_NAMES *stack, int index) {
  return sk_GENERAL_NAME_value(stack, index);
}

EVP_PKEY *netlab_EVP_EC_gen(const char *curve) { return EVP_EC_gen(curve); }

EVP_PKEY *netlab_EVP_RSA_gen(unsigned int bits) { return EVP_RSA_gen(bits); }

EVP_PKEY *netlab_EVP_ED25519_gen(void) { return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"); }

unsigned long netlab_XN_FLAG_RFC2253(void) { return XN_FLAG_RFC2253; }

int netlab_SSL_CTX_set_dh_auto(SSL_CTX *ctx) { return (int)SSL_CTX_set_dh_auto(ctx, 1); }

void netlab_SSL_CTX_set_servername_callback(SSL_CTX *ctx, int (*callback)(SSL *, int *, void *), void *argument) {
  SSL_CTX_set_tlsext_servername_callback(ctx, callback);
  SSL_CTX_set_tlsext_servername_arg(ctx, argument);
}

int netlab_SSL_get_negotiated_group(SSL *ssl) { return (int)SSL_get_negotiated_group(ssl); }

STACK_OF(X509) *netlab_sk_X509_new(void) { return sk_X509_new_null(); }

int netlab_sk_X509_push(STACK_OF(X509) *stack, X509 *certificate) { return sk_X509_push(stack, certificate); }

void netlab_sk_X509_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }

int netlab_sk_X509_OBJECT_num(const STACK_OF(X509_OBJECT) *stack) { return sk_X509_OBJECT_num(stack); }

int netlab_sk_X509_REVOKED_num(const STACK_OF(X509_REVOKED) *stack) { return sk_X509_REVOKED_num(stack); }

X509_REVOKED *netlab_sk_X509_REVOKED_value(const STACK_OF(X509_REVOKED) *stack, int index) {
  return sk_X509_REVOKED_value(stack, index);
}
