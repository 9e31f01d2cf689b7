//! gRPC API

/// Kubernetes' Container Runtime Interface, `runtime.v1`.
pub mod cri {
    include!("gen/runtime.v1.rs");
}

/// containerd's own API.
pub mod containerd {
    pub mod containers {
        include!("gen/containerd.services.containers.v1.rs");
    }
    pub mod images {
        include!("gen/containerd.services.images.v1.rs");
    }
    pub mod namespaces {
        include!("gen/containerd.services.namespaces.v1.rs");
    }
    pub mod tasks {
        include!("gen/containerd.services.tasks.v1.rs");
    }
}
