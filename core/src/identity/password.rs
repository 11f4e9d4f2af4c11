//! Passwords: what they must be like, and their Argon2id hashes.
//!
//! A hash takes memory and time on purpose, so only a few are computed at once and only so many wait; the rest of the
//! server isn't slowed by sign-ins.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::secret;
use super::settings::PasswordSettings;
use crate::error::{ApiError, Error, ErrorCode, Result, Text, UserError, UserErrorCode};

/// The fewest characters of a password.
pub const SHORTEST: usize = 10;
/// The most characters of a password.
pub const LONGEST: usize = 128;

/// Holds a new password against the policy; `field` is where it came in.
///
/// # Errors
/// A user error that says what is wrong.
pub fn check_policy(password: &str, login: &str, field: &str) -> Result<(), UserError> {
    let length = password.chars().count();
    let refuse = |code, en: String, zh: String| Err(UserError::new(code, field, Text::new(en, zh)));
    if length < SHORTEST {
        return refuse(
            UserErrorCode::TooShort,
            format!("A password has at least {SHORTEST} characters."),
            format!("密码至少 {SHORTEST} 个字符。"),
        );
    }
    if length > LONGEST {
        return refuse(
            UserErrorCode::TooLong,
            format!("A password has at most {LONGEST} characters."),
            format!("密码最多 {LONGEST} 个字符。"),
        );
    }
    let mut characters = password.chars();
    let first = characters.next();
    if characters.all(|character| Some(character) == first)
        || password.to_lowercase() == login.to_lowercase()
    {
        return refuse(
            UserErrorCode::Invalid,
            "Choose a password that is neither the login nor one character repeated.".to_owned(),
            "密码不能与账号相同，也不能由同一个字符重复组成。".to_owned(),
        );
    }
    Ok(())
}

/// Computes and checks hashes, a few at once.
#[derive(Debug)]
pub struct Hasher {
    argon2: Argon2<'static>,
    /// The hash of nobody's password: checked when there is no such user, so that the answer takes as long.
    nobody: Arc<str>,
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

/// A hash's place among those that wait and its turn: they go where the work is done, which goes on when nobody waits for it any more.
type Turn = (OwnedSemaphorePermit, OwnedSemaphorePermit);

impl Hasher {
    /// A hasher of that cost.
    ///
    /// # Errors
    /// When the cost is out of Argon2's bounds or the system has no randomness.
    pub fn new(settings: &PasswordSettings) -> Result<Self> {
        let params = Params::new(
            settings.memory_kib,
            settings.iterations,
            settings.lanes,
            Some(Params::DEFAULT_OUTPUT_LEN),
        )
        .map_err(|error| Error::internal(format!("the cost of passwords: {error}")))?;
        let nobody = format!(
            "$argon2id$v=19$m={},t={},p={}${}${}",
            settings.memory_kib,
            settings.iterations,
            settings.lanes,
            STANDARD_NO_PAD.encode(secret::bytes::<16>()?),
            STANDARD_NO_PAD.encode(secret::bytes::<{ Params::DEFAULT_OUTPUT_LEN }>()?),
        );
        let at_once = settings.at_once.max(1);
        Ok(Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            nobody: nobody.into(),
            turns: Arc::new(Semaphore::new(at_once)),
            places: Arc::new(Semaphore::new(at_once + settings.waiting)),
        })
    }

    /// The hash of a new password.
    ///
    /// # Errors
    /// `RATE_LIMITED` when too many wait already.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let turn = self.turn().await?;
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        let hashed = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            argon2
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
        });
        hashed
            .await
            .map_err(Error::internal)?
            .map_err(|error| Error::internal(format!("hashing a password: {error}")))
    }

    /// Is it the password of that hash? Without a hash the work is the same and the answer is no.
    ///
    /// # Errors
    /// `RATE_LIMITED` when too many wait already.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let turn = self.turn().await?;
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        let against: Arc<str> = hash.map_or_else(|| Arc::clone(&self.nobody), Arc::from);
        let matches = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            PasswordHash::new(&against)
                .map(|hash| argon2.verify_password(password.as_bytes(), &hash).is_ok())
        });
        let matches = matches
            .await
            .map_err(Error::internal)?
            .map_err(|error| Error::internal(format!("a stored password hash: {error}")))?;
        Ok(matches && hash.is_some())
    }

    /// Was that hash made at another cost than is asked for now?
    #[must_use]
    pub fn is_outdated(&self, hash: &str) -> bool {
        PasswordHash::new(hash)
            .ok()
            .and_then(|hash| Params::try_from(&hash).ok())
            .is_none_or(|params| {
                let wanted = self.argon2.params();
                (params.m_cost(), params.t_cost(), params.p_cost())
                    != (wanted.m_cost(), wanted.t_cost(), wanted.p_cost())
            })
    }

    async fn turn(&self) -> Result<Turn> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| too_many(1))?;
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        Ok((place, turn.map_err(Error::internal)?))
    }
}

/// The refusal of an attempt that comes too early.
#[must_use]
pub fn too_many(seconds: i64) -> ApiError {
    ApiError::new(
        ErrorCode::RateLimited,
        Text::new(
            format!("Too many attempts; try again in {seconds} seconds."),
            format!("尝试次数过多，请在 {seconds} 秒后重试。"),
        ),
    )
    .with("retryAfter", seconds)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn the_policy() {
        let long = "长".repeat(LONGEST);
        let longer = format!("{long}x");
        let cases: &[(&str, Option<UserErrorCode>)] = &[
            ("", Some(UserErrorCode::TooShort)),
            ("123456789", Some(UserErrorCode::TooShort)),
            ("1234567890", None),
            ("售后服务团队的密码是什么", None),
            ("售后服务团队的密码", Some(UserErrorCode::TooShort)),
            ("aaaaaaaaaaaa", Some(UserErrorCode::Invalid)),
            ("Alice.Example", Some(UserErrorCode::Invalid)),
            (&long, Some(UserErrorCode::Invalid)),
            (&longer, Some(UserErrorCode::TooLong)),
            (" spaces count too ", None),
        ];
        for (password, refused) in cases {
            let answer = check_policy(password, "alice.example", "input.password");
            assert_eq!(
                answer.as_ref().err().map(|error| error.code),
                *refused,
                "{password}"
            );
        }
    }

    #[tokio::test]
    async fn a_hash_knows_its_password_and_nobody_has_none() {
        let hasher = Hasher::new(&PasswordSettings::cheap()).expect("a hasher");
        let hash = hasher.hash("correct horse").await.expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        for (password, against, expected) in [
            ("correct horse", Some(hash.as_str()), true),
            ("correct hors", Some(hash.as_str()), false),
            ("correct horse", None, false),
        ] {
            let answer = hasher.verify(password, against).await.expect("an answer");
            assert_eq!(answer, expected, "{password}");
        }
        assert!(!hasher.is_outdated(&hash));
        assert!(
            Hasher::new(&PasswordSettings::default())
                .expect("a hasher")
                .is_outdated(&hash)
        );
    }

    #[tokio::test]
    async fn the_queue_is_bounded() {
        let settings = PasswordSettings {
            at_once: 1,
            waiting: 0,
            ..PasswordSettings::cheap()
        };
        let hasher = Hasher::new(&settings).expect("a hasher");
        let place = hasher.turn().await.expect("the only place");
        assert!(is_refused(&hasher).await);
        drop(place);
        assert!(hasher.hash("correct horse").await.is_ok());
    }

    #[tokio::test]
    async fn who_goes_away_keeps_its_place_until_the_work_is_done() {
        let settings = PasswordSettings {
            at_once: 1,
            waiting: 0,
            memory_kib: 64 * 1_024,
            ..PasswordSettings::cheap()
        };
        let hasher = Hasher::new(&settings).expect("a hasher");
        let begun = hasher.hash("correct horse").now_or_never();
        assert!(begun.is_none(), "it is under way, and nobody waits for it");
        assert!(is_refused(&hasher).await);
        let done = hasher.places.acquire().await.expect("the place is free");
        drop(done);
        assert!(!is_refused(&hasher).await);
    }

    async fn is_refused(hasher: &Hasher) -> bool {
        let hashed = hasher.hash("correct horse").await;
        matches!(hashed, Err(Error::Api(error)) if error.code == ErrorCode::RateLimited)
    }
}
