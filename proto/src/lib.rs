//! gRPC API
