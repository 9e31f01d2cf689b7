//! The deeds that are measured. Each is what a program would do, with everything that can be made ready beforehand made
//! ready.

use std::ffi::CString;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::os::fd::AsRawFd as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::{io, mem, ptr};

use anyhow::{Context as _, Result, bail, ensure};
use clap::ValueEnum;

use crate::smallest;

/// Most datagrams that a receive buffer holds of ordinary size, with room to spare.
const DATAGRAMS: u64 = 128;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Execute a program that does nothing, by posix_spawn, and wait for it
    Exec,
    /// The same with the smallest program there is
    Smallest,
    /// Open a file for reading and close it
    Open,
    /// Make a TCP socket, connect it to a port of 127.0.0.1 where nobody listens, close it
    Connect4,
    /// The same over IPv6
    Connect6,
    /// Send a datagram to a port of 127.0.0.1 where somebody listens
    Send,
}

/// One deed made ready.
pub enum Deed {
    Exec {
        program: CString,
        /// Where the program is, if it was made for this: removed when dropped.
        _directory: Option<tempfile::TempDir>,
    },
    Open {
        file: CString,
    },
    Connect {
        address: Address,
        /// Has the port, so that nobody else listens there.
        _reserved: Socket,
    },
    Send {
        sender: UdpSocket,
        receiver: UdpSocket,
        to: SocketAddr,
    },
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Exec => "exec",
            Self::Smallest => "smallest",
            Self::Open => "open",
            Self::Connect4 => "connect4",
            Self::Connect6 => "connect6",
            Self::Send => "send",
        }
    }

    pub fn prepare(self, file: &Path) -> Result<Deed> {
        match self {
            Self::Exec => {
                let program = std::env::current_exe()?.with_file_name("lunette-noop");
                Ok(Deed::Exec { program: CString::new(program.as_os_str().as_bytes())?, _directory: None })
            }
            Self::Smallest => {
                let directory = tempfile::Builder::new().prefix("lunette-load-").tempdir()?;
                let program = directory.path().join("smallest");
                smallest::write(&program)?;
                let program = CString::new(program.as_os_str().as_bytes())?;
                Ok(Deed::Exec { program, _directory: Some(directory) })
            }
            Self::Open => Ok(Deed::Open { file: CString::new(file.as_os_str().as_bytes())? }),
            Self::Connect4 => connect(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
            Self::Connect6 => connect(SocketAddr::from((Ipv6Addr::LOCALHOST, 0))),
            Self::Send => {
                let receiver = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
                receiver.set_nonblocking(true)?;
                let to = receiver.local_addr()?;
                Ok(Deed::Send { sender: UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?, receiver, to })
            }
        }
    }
}

fn connect(at: SocketAddr) -> Result<Deed> {
    let reserved = Socket::tcp(&Address::new(at))?;
    let address = reserved.bind(at)?;
    Ok(Deed::Connect { address, _reserved: reserved })
}

impl Deed {
    /// Most times that it may be done between two calls of [`Deed::clear`].
    pub fn most(&self) -> u64 {
        if matches!(self, Self::Send { .. }) { DATAGRAMS } else { u64::MAX }
    }

    /// Does it so many times.
    pub fn repeat(&self, times: u64) -> Result<()> {
        match self {
            Self::Exec { program, .. } => (0..times).try_for_each(|_| exec(program)),
            Self::Open { file } => (0..times).try_for_each(|_| open(file)),
            Self::Connect { address, .. } => (0..times).try_for_each(|_| refused(address)),
            Self::Send { sender, to, .. } => {
                (0..times).try_for_each(|_| sender.send_to(b"lunette", to).map(drop)).context("cannot send")
            }
        }
    }

    /// Removes what piled up.
    pub fn clear(&self) {
        if let Self::Send { receiver, .. } = self {
            while receiver.recv(&mut [0; 16]).is_ok() {}
        }
    }
}

fn exec(program: &CString) -> Result<()> {
    let argv = [program.as_ptr().cast_mut(), ptr::null_mut()];
    let envp = [ptr::null_mut()];
    let mut pid = 0;
    let mut status = 0;
    // SAFETY: the strings and both lists, which end with a null, live through the calls; the rest is null where it may be.
    let result = unsafe {
        libc::posix_spawn(
            &raw mut pid,
            program.as_ptr(),
            ptr::null(),
            ptr::null(),
            argv.as_ptr(),
            envp.as_ptr(),
        )
    };
    if result != 0 {
        return Err(io::Error::from_raw_os_error(result)).context("cannot execute the program");
    }
    // SAFETY: `status` is ours.
    let waited = unsafe { libc::waitpid(pid, &raw mut status, 0) };
    ensure!(waited == pid, "waitpid: {}", io::Error::last_os_error());
    ensure!(status == 0, "the program ended with {status:#x}");
    Ok(())
}

fn open(file: &CString) -> Result<()> {
    // SAFETY: the path ends with NUL and lives through the call; the descriptor is closed once.
    unsafe {
        let fd = libc::open(file.as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC);
        if fd < 0 {
            bail!("cannot open {}: {}", file.to_string_lossy(), io::Error::last_os_error());
        }
        libc::close(fd);
    }
    Ok(())
}

fn refused(address: &Address) -> Result<()> {
    let socket = Socket::tcp(address)?;
    // SAFETY: the address is as long as is said.
    let result = unsafe { libc::connect(socket.0, address.as_ptr(), address.len) };
    let error = io::Error::last_os_error();
    ensure!(
        result != 0 && error.raw_os_error() == Some(libc::ECONNREFUSED),
        "a connect that had to be refused ended otherwise: {error}"
    );
    Ok(())
}

/// A socket address as the kernel takes it.
pub struct Address {
    storage: libc::sockaddr_storage,
    len: libc::socklen_t,
}

impl Address {
    fn new(address: SocketAddr) -> Self {
        // SAFETY: all zeroes is a value of it; either kind of address fits in and begins at its beginning.
        unsafe {
            let mut storage: libc::sockaddr_storage = mem::zeroed();
            let len = match address {
                SocketAddr::V4(v4) => {
                    let to = (&raw mut storage).cast::<libc::sockaddr_in>();
                    (*to).sin_family = libc::AF_INET as libc::sa_family_t;
                    (*to).sin_port = v4.port().to_be();
                    (*to).sin_addr.s_addr = u32::from_ne_bytes(v4.ip().octets());
                    size_of::<libc::sockaddr_in>()
                }
                SocketAddr::V6(v6) => {
                    let to = (&raw mut storage).cast::<libc::sockaddr_in6>();
                    (*to).sin6_family = libc::AF_INET6 as libc::sa_family_t;
                    (*to).sin6_port = v6.port().to_be();
                    (*to).sin6_addr.s6_addr = v6.ip().octets();
                    size_of::<libc::sockaddr_in6>()
                }
            };
            Self { storage, len: len as libc::socklen_t }
        }
    }

    fn as_ptr(&self) -> *const libc::sockaddr {
        (&raw const self.storage).cast()
    }
}

/// A TCP socket, closed when dropped. Not the standard library's, which makes and connects one in a single call.
pub struct Socket(libc::c_int);

impl Socket {
    fn tcp(address: &Address) -> Result<Self> {
        let family = libc::c_int::from(address.storage.ss_family);
        // SAFETY: takes no pointers.
        let fd = unsafe { libc::socket(family, libc::SOCK_STREAM | libc::SOCK_CLOEXEC, 0) };
        ensure!(fd >= 0, "cannot make a socket: {}", io::Error::last_os_error());
        Ok(Self(fd))
    }

    /// Takes a free port, and gives the address with it.
    fn bind(&self, at: SocketAddr) -> Result<Address> {
        let mut address = Address::new(at);
        // SAFETY: the address is as long as is said, and there is room for as long a one.
        let bound = unsafe {
            libc::bind(self.as_raw_fd(), address.as_ptr(), address.len) == 0
                && libc::getsockname(
                    self.as_raw_fd(),
                    (&raw mut address.storage).cast(),
                    &raw mut address.len,
                ) == 0
        };
        ensure!(bound, "cannot have a port of {}: {}", at.ip(), io::Error::last_os_error());
        Ok(address)
    }
}

impl std::os::fd::AsRawFd for Socket {
    fn as_raw_fd(&self) -> std::os::fd::RawFd {
        self.0
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // SAFETY: the descriptor is ours and closed once.
        unsafe { libc::close(self.0) };
    }
}
