//! The `lunette` program.

use std::process::ExitCode;

use clap::Parser as _;
use lunette::cli::Cli;
use lunette::cli::format::visible;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let result = runtime.map_err(anyhow::Error::from).and_then(|runtime| {
        let result = runtime.block_on(cli.run());
        // A blocking task that hangs (a file of a dead file system) must not hold up the end.
        runtime.shutdown_timeout(std::time::Duration::from_secs(1));
        result
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("lunette: {}", visible(&format!("{error:#}")));
            ExitCode::FAILURE
        }
    }
}
