//! Where the kernel that runs here keeps the fields that the programs read.

use lunette_wire::offsets::{MISSING, TABLE};

use super::btf::Btf;

/// Offsets found, and what is missing.
#[derive(Debug, Default)]
pub struct Offsets {
    /// (name of the program's global, offset in bytes or [`MISSING`]).
    pub found: Vec<(&'static str, u32)>,
    /// Index in `css_set.subsys` of the v1 controller to go by on a node without cgroup v2.
    pub legacy_subsys: u32,
    /// ([`lunette_wire::offsets::needs`], why) of each field that isn't there.
    missing: Vec<(u8, String)>,
}

impl Offsets {
    /// Looks the whole table up.
    pub fn resolve(btf: &Btf<'_>) -> Self {
        let mut offsets = Self { legacy_subsys: MISSING, ..Self::default() };
        for &(global, structure, member, needs) in TABLE {
            match btf.offset(structure, member) {
                Ok(offset) => offsets.found.push((global, offset)),
                Err(error) => {
                    offsets.found.push((global, MISSING));
                    offsets.missing.push((needs, error.to_string()));
                }
            }
        }
        for controller in ["pids_cgrp_id", "memory_cgrp_id"] {
            if let Some(index) = btf.enumerator("cgroup_subsys_id", controller) {
                offsets.legacy_subsys = index;
                break;
            }
        }
        offsets
    }

    /// Why a program that needs `needs` can't be attached; `None` when it can.
    pub fn lacking(&self, needs: u8) -> Option<&str> {
        self.missing.iter().find(|(m, _)| m & needs != 0).map(|(_, why)| why.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kernel_without_types_lacks_everything_and_says_what() {
        let mut empty = Vec::new();
        empty.extend_from_slice(&0xeb9f_u16.to_ne_bytes());
        empty.extend_from_slice(&[1, 0]);
        for word in [24_u32, 0, 0, 0, 0] {
            empty.extend_from_slice(&word.to_ne_bytes());
        }
        let offsets = Offsets::resolve(&Btf::parse(&empty).unwrap());
        assert_eq!(offsets.found.len(), TABLE.len());
        assert!(offsets.found.iter().all(|(_, offset)| *offset == MISSING));
        assert!(offsets.lacking(lunette_wire::offsets::needs::PROCESS).unwrap().contains("task_struct"));
    }

    #[test]
    fn the_kernel_that_runs_here_has_them_all() {
        let Ok(bytes) = std::fs::read("/sys/kernel/btf/vmlinux") else {
            println!("SKIP: this kernel has no BTF");
            return;
        };
        let offsets = Offsets::resolve(&Btf::parse(&bytes).unwrap());
        assert_eq!(offsets.lacking(0xff), None);
        assert_ne!(offsets.legacy_subsys, MISSING);
    }
}
