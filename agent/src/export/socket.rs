//! The unix socket of the API: made so that there is no moment at which someone else could connect to it, and never
//! taken from a living agent.

use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Where the agent listens and its command line looks, unless told otherwise.
pub const DEFAULT_PATH: &str = "/run/lunette/lunette.sock";

#[derive(Debug, Error)]
pub enum SocketError {
    #[error("an agent is listening on {0} already: stop it first, or choose another socket")]
    Live(PathBuf),
    #[error("{0} exists and is no socket: remove it, or choose another path for the API's socket")]
    NotASocket(PathBuf),
    #[error("can't {what} for the API's socket: {error}")]
    Io { what: String, error: io::Error },
}

/// A listening socket; its file is removed when this is dropped.
#[derive(Debug)]
pub struct Socket {
    path: PathBuf,
    /// Device and inode: the file is only removed if it is still this one.
    identity: (u64, u64),
    listener: UnixListener,
}

impl Socket {
    /// Listens at `path` with mode 0600. A socket that a dead agent left is replaced; missing directories are made.
    pub fn bind(path: &Path) -> Result<Self, SocketError> {
        let io = |what: String| move |error| SocketError::Io { what, error };
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        DirBuilder::new()
            .recursive(true)
            .mode(0o755)
            .create(parent)
            .map_err(io(format!("make the directory {}", parent.display())))?;
        refuse_living(path)?;

        // In a directory that nobody else can enter, the socket can be bound and then given its mode; renaming a socket
        // leaves it the same socket.
        let private = tempfile::Builder::new()
            .prefix(".lunette-")
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(parent)
            .map_err(io(format!("make a directory in {}", parent.display())))?;
        let hidden = private.path().join("s");
        let bind = || {
            let listener = UnixListener::bind(&hidden)?;
            listener.set_nonblocking(true)?;
            fs::set_permissions(&hidden, Permissions::from_mode(0o600))?;
            let meta = fs::symlink_metadata(&hidden)?;
            fs::rename(&hidden, path)?;
            Ok((listener, (meta.dev(), meta.ino())))
        };
        let (listener, identity) = bind().map_err(io(format!("listen on {}", path.display())))?;
        Ok(Self { path: path.to_owned(), identity, listener })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The same socket, for the runtime that this is called in.
    pub fn listener(&self) -> io::Result<tokio::net::UnixListener> {
        tokio::net::UnixListener::from_std(self.listener.try_clone()?)
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let ours =
            fs::symlink_metadata(&self.path).is_ok_and(|meta| (meta.dev(), meta.ino()) == self.identity);
        if ours && let Err(error) = fs::remove_file(&self.path) {
            tracing::warn!("can't remove the API's socket {}: {error}", self.path.display());
        }
    }
}

/// Fails where somebody listens at `path`, or where it is something else than a socket.
fn refuse_living(path: &Path) -> Result<(), SocketError> {
    let io = |error| SocketError::Io { what: format!("look at {}", path.display()), error };
    match fs::symlink_metadata(path) {
        Ok(meta) if !meta.file_type().is_socket() => return Err(SocketError::NotASocket(path.to_owned())),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(io(error)),
    }
    match UnixStream::connect(path) {
        Ok(_) => Err(SocketError::Live(path.to_owned())),
        // Nobody listens: whoever made it is gone.
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(io(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_behind(dir: &Path) -> Vec<String> {
        fs::read_dir(dir)
            .expect("a directory")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn it_is_ours_alone_and_goes_with_us() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("new/agent.sock");
        let socket = Socket::bind(&path).expect("a socket");
        let meta = fs::metadata(&path).expect("it is there");
        assert_eq!(meta.permissions().mode() & 0o7777, 0o600);
        assert_eq!(left_behind(&dir.path().join("new")), ["agent.sock"]);
        UnixStream::connect(&path).expect("it listens");
        drop(socket);
        assert!(!path.exists());
    }

    #[test]
    fn a_living_agent_keeps_it_and_a_dead_one_does_not() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("agent.sock");
        let first = Socket::bind(&path).expect("a socket");
        let error = Socket::bind(&path).expect_err("in use");
        assert!(matches!(error, SocketError::Live(_)), "{error}");
        UnixStream::connect(&path).expect("it still listens");
        drop(first);

        // An agent that was killed leaves its socket.
        drop(UnixListener::bind(&path).expect("a socket"));
        assert!(path.exists());
        let second = Socket::bind(&path).expect("a stale socket is replaced");
        UnixStream::connect(&path).expect("it listens");

        // Whoever replaced ours keeps theirs.
        fs::remove_file(&path).expect("it is there");
        let theirs = UnixListener::bind(&path).expect("a socket");
        drop(second);
        assert!(path.exists());
        drop(theirs);
    }

    #[test]
    fn a_file_is_not_thrown_away() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("precious");
        fs::write(&path, "data").expect("written");
        assert!(matches!(Socket::bind(&path), Err(SocketError::NotASocket(_))));
        assert_eq!(fs::read(&path).expect("still there"), b"data");
    }
}
