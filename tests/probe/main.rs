//! What the live tests have containers do that busybox has no word for. Static, and of nothing but the standard
//! library, so that it runs in any root file system; `build.rs` compiles it.

use std::ffi::{CString, OsString, c_char, c_long};
use std::fs::File;
use std::io::{Error, ErrorKind, Result};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::os::fd::{AsRawFd, FromRawFd};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};
use std::time::Duration;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match deed(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", words.join(" "));
            ExitCode::FAILURE
        }
    }
}

fn deed(words: &[&str]) -> Result<()> {
    match words {
        // As an application that starts another program.
        ["spawn", program, arguments @ ..] => drop(Command::new(program).args(arguments).status()?),
        // The same, and then it lives on.
        ["app", program, arguments @ ..] => {
            Command::new(program).args(arguments).status()?;
            std::thread::sleep(Duration::from_secs(3600));
        }
        // Becomes a program under a name of one's own choice.
        ["exec", file, name, arguments @ ..] => {
            return Err(Command::new(file).arg0(name).args(arguments).exec());
        }
        // The same with a file that is in no directory.
        ["exec-memfd", file, name, arguments @ ..] => return Err(exec_memfd(file, name, arguments)),
        ["openat2", path] => drop(open_at_2(path)?),
        // First without reading, then by the descriptor's name.
        ["open-twice", path] => {
            let first = File::options().read(true).custom_flags(O_PATH).open(path)?;
            drop(File::open(format!("/proc/self/fd/{}", first.as_raw_fd()))?);
        }
        // From a thread that isn't the first, under a name of its own.
        ["open-in-thread", path] => {
            let path = path.to_string();
            let thread =
                std::thread::Builder::new().name("innocent\n".into()).spawn(move || File::open(path))?;
            drop(thread.join().map_err(|_| Error::other("the thread panicked"))??);
        }
        ["tcp", to] => drop(TcpStream::connect(address(to)?)?),
        // Closes the socket before there can be an answer.
        ["abandon", to] => abandon(address(to)?)?,
        ["udp-sendto", to] => drop(udp(to)?.send_to(b"x", address(to)?)?),
        ["udp-connected", to] => {
            let socket = udp(to)?;
            socket.connect(address(to)?)?;
            socket.send(b"x")?;
        }
        ["udp-sendmmsg", to, other] => send_both(&udp(to)?, [address(to)?, address(other)?])?,
        // As a C library does to learn which address it would send from.
        ["udp-ask-source", to] => {
            let socket = udp(to)?;
            socket.connect(address(to)?)?;
            socket.local_addr()?;
        }
        // Accepts for ever.
        ["serve", at] => {
            let listener = TcpListener::bind(address(at)?)?;
            loop {
                drop(listener.accept());
            }
        }
        // Opens a file again and again, and rests after each so many.
        ["open", path, times, burst, rest_us] => {
            let (burst, rest) = (number(burst)?.max(1), Duration::from_micros(number(rest_us)?));
            for time in 1..=number(times)? {
                drop(File::open(path)?);
                if time % burst == 0 && !rest.is_zero() {
                    std::thread::sleep(rest);
                }
            }
        }
        // Connects, and is refused, again and again.
        ["refused", to, times] => {
            let to = address(to)?;
            for _ in 0..number(times)? {
                drop(TcpStream::connect(to));
            }
        }
        // Executes a program again and again.
        ["run", times, program, arguments @ ..] => {
            for _ in 0..number(times)? {
                Command::new(program).args(arguments).status()?;
            }
        }
        _ => return Err(Error::new(ErrorKind::InvalidInput, "no such deed")),
    }
    Ok(())
}

fn number(text: &str) -> Result<u64> {
    text.parse().map_err(|_| Error::new(ErrorKind::InvalidInput, format!("{text} is no number")))
}

fn address(text: &str) -> Result<SocketAddr> {
    text.parse().map_err(|_| Error::new(ErrorKind::InvalidInput, format!("{text} is no address")))
}

/// A socket of the family of `to`.
fn udp(to: &str) -> Result<UdpSocket> {
    let any: IpAddr =
        if address(to)?.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    UdpSocket::bind((any, 0))
}

// The few calls that the standard library has no word for; it is linked with the C library itself.
unsafe extern "C" {
    fn socket(domain: i32, kind: i32, protocol: i32) -> i32;
    fn connect(fd: i32, address: *const RawAddress, len: u32) -> i32;
    fn close(fd: i32) -> i32;
    fn memfd_create(name: *const c_char, flags: u32) -> i32;
    fn syscall(number: c_long, ...) -> c_long;
    fn sendmmsg(fd: i32, messages: *mut Message, count: u32, flags: i32) -> i32;
}

const O_PATH: i32 = 0o10_000_000;
/// The same number on every architecture.
const SYS_OPENAT2: c_long = 437;
const AT_FDCWD: c_long = -100;
const AF_INET: u16 = 2;
const AF_INET6: u16 = 10;
const SOCK_STREAM: i32 = 1;
const SOCK_NONBLOCK: i32 = 0o4000;

/// `struct sockaddr_in6`, or `struct sockaddr_in` in its first 16 bytes.
#[repr(C)]
struct RawAddress {
    family: u16,
    port: u16,
    rest: [u8; 24],
}

impl RawAddress {
    fn new(address: SocketAddr) -> (Self, u32) {
        let mut raw = Self { family: AF_INET, port: address.port().to_be(), rest: [0; 24] };
        match address.ip() {
            IpAddr::V4(ip) => {
                raw.rest[..4].copy_from_slice(&ip.octets());
                (raw, 16)
            }
            IpAddr::V6(ip) => {
                raw.family = AF_INET6;
                raw.rest[4..20].copy_from_slice(&ip.octets());
                (raw, 28)
            }
        }
    }
}

fn abandon(to: SocketAddr) -> Result<()> {
    let (raw, len) = RawAddress::new(to);
    // SAFETY: the address lives through the call, and the descriptor is ours.
    unsafe {
        let fd = socket(raw.family.into(), SOCK_STREAM | SOCK_NONBLOCK, 0);
        connect(fd, &raw const raw, len);
        if close(fd) != 0 {
            return Err(Error::last_os_error());
        }
    }
    Ok(())
}

/// `struct iovec`, `struct msghdr` and `struct mmsghdr`.
#[repr(C)]
struct Part {
    base: *const u8,
    len: usize,
}
#[repr(C)]
struct Header {
    name: *const RawAddress,
    name_len: u32,
    parts: *const Part,
    parts_len: usize,
    control: *const u8,
    control_len: usize,
    flags: i32,
}
#[repr(C)]
struct Message {
    header: Header,
    sent: u32,
}

/// One datagram to each, with one call.
fn send_both(from: &UdpSocket, to: [SocketAddr; 2]) -> Result<()> {
    let raw = to.map(RawAddress::new);
    let part = Part { base: b"x".as_ptr(), len: 1 };
    let headers = [&raw[0], &raw[1]].map(|(address, len)| Header {
        name: &raw const *address,
        name_len: *len,
        parts: &raw const part,
        parts_len: 1,
        control: std::ptr::null(),
        control_len: 0,
        flags: 0,
    });
    let mut messages = headers.map(|header| Message { header, sent: 0 });
    // SAFETY: all that the messages point to lives through the call.
    match unsafe { sendmmsg(from.as_raw_fd(), messages.as_mut_ptr(), 2, 0) } {
        2 => Ok(()),
        _ => Err(Error::last_os_error()),
    }
}

/// A copy of the file in memory, executed by its descriptor.
fn exec_memfd(file: &str, name: &str, arguments: &[&str]) -> Error {
    // SAFETY: the name ends with NUL; the descriptor, if there is one, is ours.
    let mut memory = unsafe {
        match memfd_create(c"innocent".as_ptr(), 0) {
            fd if fd >= 0 => File::from_raw_fd(fd),
            _ => return Error::last_os_error(),
        }
    };
    let copied = File::open(file).and_then(|mut file| std::io::copy(&mut file, &mut memory));
    match copied {
        Ok(_) => {
            Command::new(format!("/proc/self/fd/{}", memory.as_raw_fd())).arg0(name).args(arguments).exec()
        }
        Err(error) => error,
    }
}

fn open_at_2(path: &str) -> Result<File> {
    let path = CString::new(path)?;
    // `struct open_how`: flags (read only), mode, resolve.
    let how = [0_u64; 3];
    // SAFETY: path and description live through the call; the descriptor, if there is one, is ours.
    unsafe {
        match syscall(SYS_OPENAT2, AT_FDCWD, path.as_ptr(), how.as_ptr(), size_of_val(&how)) {
            fd if fd >= 0 => Ok(File::from_raw_fd(fd as i32)),
            _ => Err(Error::last_os_error()),
        }
    }
}
