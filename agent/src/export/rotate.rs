//! A file of whole lines that is put aside when it has grown, and that survives a full disk.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::jsonl::Options;

/// Opened at the first line, and again after an error or when someone else moved the file away (`logrotate`).
#[derive(Debug)]
pub(super) struct File {
    options: Options,
    open: Option<Open>,
    rotations: u64,
}

#[derive(Debug)]
struct Open {
    file: fs::File,
    identity: (u64, u64),
    /// Not a device or a pipe: it has a length, can be cut and put aside.
    regular: bool,
    /// Bytes of whole lines.
    len: u64,
    /// There may be a part of a line at the end.
    torn: bool,
}

impl File {
    pub(super) fn new(options: Options) -> Self {
        Self { options, open: None, rotations: 0 }
    }

    pub(super) fn path(&self) -> &Path {
        &self.options.path
    }

    pub(super) fn rotations(&self) -> u64 {
        self.rotations
    }

    pub(super) fn bytes(&self) -> u64 {
        self.open.as_ref().map_or(0, |open| open.len)
    }

    /// Appends `line`, which ends with a newline. After an error nothing of it is in the file, or if that too couldn't be
    /// done, the next line begins on a line of its own.
    pub(super) fn write_line(&mut self, line: &[u8]) -> io::Result<()> {
        if self.open.as_ref().is_some_and(|open| !open.is_at(&self.options.path)) {
            self.open = None;
        }
        let mut open = match self.open.take() {
            Some(open) => open,
            None => Open::at(&self.options.path)?,
        };
        if open.regular && open.len > 0 && open.len + line.len() as u64 > self.options.max_bytes {
            // Best effort: the lines are in the file, and the disk will get them.
            let _ = open.file.sync_data();
            self.put_aside()?;
            self.rotations += 1;
            open = Open::at(&self.options.path)?;
        }
        let result = open.append(line);
        // After an error it is opened anew: the directory may be another, the file system be mounted again. A tear that
        // couldn't be mended is found by then.
        if result.is_ok() || open.torn {
            self.open = Some(open);
        }
        result
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        match &self.open {
            Some(open) if open.regular => open.file.sync_data(),
            _ => Ok(()),
        }
    }

    /// `PATH` → `PATH.1` → … → `PATH.N`, which goes.
    fn put_aside(&self) -> io::Result<()> {
        let path = &self.options.path;
        if self.options.keep == 0 {
            return fs::remove_file(path);
        }
        for number in (1..self.options.keep).rev() {
            match fs::rename(numbered(path, number), numbered(path, number + 1)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        fs::rename(path, numbered(path, 1))
    }
}

fn numbered(path: &Path, number: u32) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{number}"));
    PathBuf::from(name)
}

impl Open {
    fn at(path: &Path) -> io::Result<Self> {
        if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            fs::create_dir_all(parent)?;
        }
        let open = |read| {
            OpenOptions::new()
                .append(true)
                .read(read)
                .create(true)
                .mode(0o600)
                // A pipe that nobody reads must be an error and not a wait.
                .custom_flags(libc::O_NONBLOCK)
                .open(path)
        };
        // A pipe or a terminal may be for writing alone.
        let mut file = open(true).or_else(|_| open(false))?;
        let meta = file.metadata()?;
        let regular = meta.is_file();
        let mut torn = false;
        if regular {
            if meta.permissions().mode() & 0o077 != 0 {
                file.set_permissions(Permissions::from_mode(0o600))?;
            }
            if meta.len() > 0 {
                let mut last = [0];
                file.seek(SeekFrom::End(-1))?;
                file.read_exact(&mut last)?;
                torn = last != *b"\n";
            }
        }
        Ok(Self { file, identity: (meta.dev(), meta.ino()), regular, len: meta.len(), torn })
    }

    fn is_at(&self, path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|meta| (meta.dev(), meta.ino()) == self.identity)
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        if self.torn {
            self.file.write_all(b"\n")?;
            self.torn = false;
            self.len += 1;
        }
        match self.file.write_all(line) {
            Ok(()) => {
                self.len += line.len() as u64;
                Ok(())
            }
            Err(error) => {
                // Nobody else writes to it, so that what is beyond the last whole line is ours.
                let mended = self.regular && self.file.set_len(self.len).is_ok();
                self.torn = !mended;
                Err(error)
            }
        }
    }
}
