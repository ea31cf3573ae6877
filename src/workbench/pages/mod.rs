//! 网页 — what is seen of the workbench; a page, a file.

mod acts;
mod awards;
mod documents;
mod editor;
mod log;
pub(super) mod login;
mod policies;
mod settings;
mod source;
mod start;
mod sums;
mod tables;

use axum::Router;
use axum::routing::{get, post};

use super::requests::Shared;

/// Where the pages are.
pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/", get(start::page))
        .route("/documents", get(documents::page))
        .route("/documents/{slug}", get(editor::page))
        .route("/documents/{slug}/typed", post(editor::typed))
        .route("/documents/{slug}/field", post(editor::field))
        .route("/save", post(source::save))
        .route("/sources", get(source::list))
        .route("/source", get(source::page))
        .route("/source/typed", post(source::typed))
        .route("/source/field", post(source::field))
        .route("/tables", get(tables::list))
        .route("/table", get(tables::page))
        .route("/table/sheets", get(tables::sheets))
        .route("/table/try", post(tables::tried))
        .route("/table/save", post(tables::save))
        .route("/awards", get(awards::page))
        .route("/awards/{year}/{code}", get(awards::explanation))
        .route("/policies", get(policies::list))
        .route("/policies/{slug}", get(policies::page))
        .route("/acts", get(acts::list))
        .route("/acts/{name}", get(acts::form).post(acts::give))
        .route("/results/{number}/{*name}", get(acts::fetch))
        .route("/settings", get(settings::page))
        .route("/log", get(log::page))
}
