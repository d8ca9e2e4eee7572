//! Lists: claims filed, decided and paid from a file or a pipe, each row on its own merits.

mod decisions;
mod filing;
mod statement;
