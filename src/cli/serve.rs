//! `aftercare serve`: runs the server until it is told to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use clap::Args;
use tokio::net::TcpListener;

use super::{output, schema};
use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, Overrides};
use crate::error::{Error, Result};
use crate::graphql::endpoint::Endpoint;
use crate::http;

/// What it takes.
#[derive(Debug, Default, Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    address: Option<SocketAddr>,
    /// How clients reach the server, when it stands behind a proxy
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Refuse to start while migrations are pending, instead of applying them
    #[arg(long)]
    no_migrate: bool,
}

impl Arguments {
    pub(super) fn overrides(&self) -> Overrides {
        Overrides::default()
            .with("server.address", self.address)
            .with("server.public_url", self.public_url.as_ref())
            .with("database.migrate", self.no_migrate.then_some(false))
    }
}

/// Opens everything and serves.
pub(super) async fn run(config: Config) -> Result<()> {
    // The schema takes the processor, opening mostly waits for the database.
    let endpoint = schema::endpoint_meanwhile(&config);
    let app = App::open(config, Clock::System).await?;
    listen(app, endpoint.await?, |address| {
        output::note(&format!("Aftercare is at http://{address} · 服务已启动"));
    })
    .await
}

/// Serves until the process is told to stop, then finishes what is under way. `ready` is called when it listens.
pub(super) async fn listen(
    app: Arc<App>,
    endpoint: Endpoint,
    ready: impl FnOnce(SocketAddr),
) -> Result<()> {
    let wanted = app.config.server.address;
    let listener = TcpListener::bind(wanted).await.map_err(|error| {
        Error::internal(format!("server.address {wanted} can't be used: {error}"))
    })?;
    let address = listener.local_addr().map_err(Error::internal)?;
    app.start();
    stop_on_signals(&app)?;
    tracing::info!(%address, database = %app.config.database_url().masked(), "serving");
    ready(address);
    let router = http::router(Arc::clone(&app), Arc::new(endpoint));
    http::serve(&app, router, listener)
        .await
        .map_err(Error::internal)?;
    app.shutdown().await;
    tracing::info!("stopped");
    Ok(())
}

/// The first SIGTERM or SIGINT lets requests finish, the second doesn't.
fn stop_on_signals(app: &Arc<App>) -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Error::internal)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(Error::internal)?;
    let stopping = app.stopping.clone();
    tokio::spawn(async move {
        for round in 0.. {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            if round == 0 {
                tracing::info!("stopping; once more to stop at once");
                stopping.cancel();
            } else {
                tracing::warn!("stopped at once");
                std::process::exit(130);
            }
        }
    });
    Ok(())
}
