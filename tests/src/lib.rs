//! What the live tests need of a node: a private containerd, an image, pods over the CRI, containers of plain
//! runc. Everything takes itself away when dropped: processes, mounts, cgroups, network devices, files.

pub mod containerd;
pub mod cri;
pub mod image;
pub mod node;
pub mod runc;
