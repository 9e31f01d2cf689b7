//! What the live tests need of a node: the agent, a private containerd, an image, pods over the CRI, containers of
//! plain runc. Everything takes itself away when dropped: processes, mounts, cgroups, network devices, files.

pub mod agent;
mod bpf;
pub mod containerd;
pub mod cri;
pub mod deeds;
pub mod image;
pub mod node;
pub mod runc;
pub mod watch;

/// Ends the test when it can't be run here, and says so.
#[macro_export]
macro_rules! needs {
    ($programs:expr) => {
        if let Some(why) = $crate::node::why_not(&$programs) {
            println!("SKIP: {why}");
            return;
        }
    };
}
