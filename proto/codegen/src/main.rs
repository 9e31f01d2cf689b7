//! Generates the Rust of the gRPC APIs from their `.proto` files.
//!
//! What is generated is committed (`proto/src/gen`), so that a build needs neither this nor a protobuf compiler.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use protox::prost::Message;
use protox::prost_reflect::prost_types::FileDescriptorSet;

/// The agent's own API: client and server, JSON, descriptors for reflection.
const OWN: &str = "lunette";
/// APIs of others, of which the agent is a client.
const FOREIGN: [&str; 2] = ["cri", "containerd"];
const OWN_PACKAGE: &str = "lunette.v1";

fn main() -> Result<()> {
    let check = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("--check") => true,
        Some(other) => bail!("unknown argument {other}: there is only --check"),
    };
    run(check)
}

/// Generates `proto/src/gen` anew. With `check`, changes nothing and fails if what is there differs.
fn run(check: bool) -> Result<()> {
    let proto =
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("this crate is in a directory of `proto`")?;
    let fresh = generate(proto).context("can't generate the gRPC code from proto/**/*.proto")?;
    let dir = proto.join("src/gen");
    let committed = read_dir(&dir)?;
    if check {
        let names: BTreeSet<_> = fresh.keys().chain(committed.keys()).collect();
        let stale: Vec<_> =
            names.into_iter().filter(|name| fresh.get(*name) != committed.get(*name)).cloned().collect();
        if !stale.is_empty() {
            bail!(
                "{} in {} not what the .proto files say: run `cargo xtask codegen` and commit the result",
                stale.join(", "),
                dir.display()
            );
        }
        return Ok(());
    }
    fs::create_dir_all(&dir).with_context(|| format!("can't create {}", dir.display()))?;
    for name in committed.keys().filter(|name| !fresh.contains_key(*name)) {
        fs::remove_file(dir.join(name)).with_context(|| format!("can't remove {name}"))?;
    }
    for (name, content) in &fresh {
        if committed.get(name) != Some(content) {
            fs::write(dir.join(name), content).with_context(|| format!("can't write {name}"))?;
        }
    }
    Ok(())
}

/// File name → content of everything that belongs into `proto/src/gen`.
fn generate(proto: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let out = tempfile::tempdir()?;

    let own = compile(proto, OWN)?;
    builder(out.path()).build_server(true).btree_map(".").compile_fds(own.clone())?;
    let encoded = own.encode_to_vec();
    pbjson_build::Builder::new()
        .out_dir(out.path())
        .register_descriptors(&encoded)?
        .preserve_proto_field_names()
        .btree_map(["."])
        .extern_path(".google.protobuf", "::pbjson_types")
        .build(&[format!(".{OWN_PACKAGE}")])?;
    fs::write(out.path().join(format!("{OWN_PACKAGE}.bin")), without_comments(own).encode_to_vec())?;

    for dir in FOREIGN.iter().filter(|dir| proto.join(dir).is_dir()) {
        builder(out.path()).build_server(false).compile_fds(compile(proto, dir)?)?;
    }

    let mut files = read_dir(out.path())?;
    // The well-known types come from a crate.
    files.retain(|name, _| !name.starts_with("google."));
    let module = module(files.keys().map(String::as_str));
    files.insert("mod.rs".to_owned(), module.into_bytes());
    Ok(files)
}

fn builder(out: &Path) -> tonic_prost_build::Builder {
    tonic_prost_build::configure()
        .build_client(true)
        .compile_well_known_types(true)
        .extern_path(".google.protobuf", "::pbjson_types")
        .out_dir(out)
}

/// Compiles each `.proto` file under `proto/dir`; imports are relative to `proto`.
fn compile(proto: &Path, dir: &str) -> Result<FileDescriptorSet> {
    let mut files = Vec::new();
    find(&proto.join(dir), &mut files)?;
    files.sort();
    // Its own report has the file, the line and what is wrong there.
    protox::compile(&files, [proto]).map_err(|error| anyhow::anyhow!("{error:?}"))
}

fn find(dir: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("can't read {}", dir.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "proto") {
            files.push(path);
        }
    }
    Ok(())
}

/// Reflection needs no comments, and they are most of the bytes.
fn without_comments(mut set: FileDescriptorSet) -> FileDescriptorSet {
    for file in &mut set.file {
        file.source_code_info = None;
    }
    set
}

fn read_dir(dir: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    if !dir.is_dir() {
        return Ok(files);
    }
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        files.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
    }
    Ok(files)
}

/// A package (`containerd.services.containers.v1`) is a path of modules.
#[derive(Default)]
struct Module {
    files: Vec<String>,
    children: BTreeMap<String, Module>,
}

fn module<'a>(files: impl Iterator<Item = &'a str>) -> String {
    let mut root = Module::default();
    for file in files {
        let Some(stem) = file.strip_suffix(".rs") else { continue };
        let package = stem.strip_suffix(".serde").unwrap_or(stem);
        let mut module = &mut root;
        for part in package.split('.') {
            module = module.children.entry(part.to_owned()).or_default();
        }
        module.files.push(file.to_owned());
    }
    let mut text =
        String::from("// Generated by `cargo xtask codegen`: change the .proto files instead.\n\n");
    text.push_str("#![allow(clippy::all, rustdoc::all, unreachable_pub, unused_qualifications)]\n\n");
    write_module(&root, 0, &mut text);
    text
}

fn write_module(module: &Module, depth: usize, text: &mut String) {
    let indent = "    ".repeat(depth);
    for file in &module.files {
        text.push_str(&format!("{indent}include!(\"{file}\");\n"));
    }
    for (name, child) in &module.children {
        text.push_str(&format!("{indent}pub mod {name} {{\n"));
        write_module(child, depth + 1, text);
        text.push_str(&format!("{indent}}}\n"));
    }
}
