//! The same question asked by several at once.
//!
//! Much of what a small answer costs is the way to PostgreSQL and back. Who asks while the same is under way waits in [line](super::line), and the
//! next few of those that wait are answered together. Each gets what it would have got alone, for each answer is made of one asker's
//! values.
//!
//! Not on SQLite, where the rows are the larger part of the way: it was tried, and gained nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};

use super::line::Line;
use super::pool::Pool;
use super::question::{Question, answers_of, together};

/// So often the same question is under way at once; whoever comes then waits for the next turn.
const DESKS: usize = 2;
/// So many are answered together.
const TOGETHER: usize = 8;
/// A question with more values is asked alone: there is little to be gained.
const MOST_VALUES: usize = 64;
/// So many questions are told apart.
const QUESTIONS: usize = 1_000;
/// A question that takes longer for each who asks isn't one to wait for: all of them are answered sooner at the same time.
const SLOW: Duration = Duration::from_millis(10);
/// One that was slow only because several asked it together is asked alone for so long.
const REST: Duration = Duration::from_secs(30);

/// What the database says, in the order of the askers.
type Answer = Result<Vec<QueryResult>, DbErr>;

/// Those who ask, by the text of their question.
#[derive(Debug, Default)]
pub(super) struct Asking(Mutex<HashMap<Arc<str>, Arc<Asked>>>);

/// A question that is asked by many.
#[derive(Debug)]
struct Asked {
    text: Arc<str>,
    line: Line<Vec<Value>, Answer>,
    pace: Mutex<Pace>,
}

/// How fast a question is answered.
#[derive(Debug, Default)]
struct Pace {
    /// Fast enough to wait for, when it was asked last; not known to be before it was asked.
    quick: bool,
    /// What is seen before doesn't count.
    rests_until: Option<Instant>,
}

impl Pace {
    fn took(&mut self, time: Duration, askers: usize, now: Instant) {
        let askers = u32::try_from(askers).unwrap_or(u32::MAX);
        if time > SLOW * askers {
            self.quick = false;
            if askers > 1 {
                self.rests_until = Some(now + REST);
            }
        } else if self.rests_until.is_none_or(|until| until <= now) {
            self.quick = true;
        }
    }
}

impl Asking {
    /// Those who ask the same; none when it is always asked alone.
    fn same(&self, question: &Question) -> Option<Arc<Asked>> {
        if question.values.len() > MOST_VALUES {
            return None;
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(asked) = all.get(question.text.as_str()) {
            return Some(Arc::clone(asked));
        }
        if all.len() >= QUESTIONS {
            // Whoever asks one of them at the moment, has it.
            all.clear();
        }
        let text: Arc<str> = question.text.as_str().into();
        let asked = Arc::new(Asked {
            text: Arc::clone(&text),
            line: Line::new(DESKS, |waiting| waiting.min(TOGETHER)),
            pace: Mutex::default(),
        });
        all.insert(text, Arc::clone(&asked));
        Some(asked)
    }
}

impl Asked {
    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answers(&self, pool: &Pool, askers: Vec<Vec<Value>>) -> Vec<Answer> {
        let many = askers.len();
        if many > 1 {
            match self.together(pool, askers.clone()).await {
                Ok(answers) => return answers.into_iter().map(Ok).collect(),
                Err(error @ DbErr::ConnectionAcquire(_)) => {
                    return std::iter::repeat_n(error, many).map(Err).collect();
                }
                // Nobody fails for another, nor waits for it twice.
                Err(_) => self.pace().took(Duration::MAX, many, Instant::now()),
            }
        }
        let alone = askers.into_iter().map(|values| self.alone(pool, values));
        join_all(alone).await
    }

    async fn together(
        &self,
        pool: &Pool,
        askers: Vec<Vec<Value>>,
    ) -> Result<Vec<Vec<QueryResult>>, DbErr> {
        let many = askers.len();
        let (rows, time) = pool.timed(together(&self.text, askers)).await?;
        self.pace().took(time, many, Instant::now());
        answers_of(rows, many)
    }

    async fn alone(&self, pool: &Pool, values: Vec<Value>) -> Answer {
        let text = self.text.to_string();
        let question = Question { text, values };
        let alone = question.alone(pool.get_database_backend());
        let (rows, time) = pool.timed(alone).await?;
        self.pace().took(time, 1, Instant::now());
        Ok(rows)
    }
}

impl Pool {
    /// The rows of a query, asked together with whoever asks the same about other values at this moment.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn ask(&self, query: &SelectStatement) -> Answer {
        let question = Question::of(query, self.get_database_backend());
        let Some(asked) = self.asking().and_then(|asking| asking.same(&question)) else {
            let alone = question.alone(self.get_database_backend());
            return self.query_all_raw(alone).await;
        };
        if !asked.pace().quick {
            return asked.alone(self, question.values).await;
        }
        let (of_all, pool) = (Arc::clone(&asked), self.clone());
        let answered = asked.line.done(question.values, move |askers| {
            let (asked, pool) = (Arc::clone(&of_all), pool.clone());
            async move { asked.answers(&pool, askers).await }
        });
        let answer = answered.await;
        answer.unwrap_or_else(|| Err(DbErr::Custom("a question broke off".to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Expr, Func, Query};

    use super::*;
    use crate::db::scratch::Scratch;

    fn question(text: &str, values: usize) -> Question {
        Question {
            text: text.to_owned(),
            values: vec![Value::from(1); values],
        }
    }

    #[test]
    fn who_asks_the_same_stands_in_the_same_line() {
        let asking = Asking::default();
        let same = |text| asking.same(&question(text, 1)).expect("a line");
        assert!(Arc::ptr_eq(&same("a"), &same("a")));
        assert!(!Arc::ptr_eq(&same("a"), &same("b")));
        assert!(asking.same(&question("a", MOST_VALUES)).is_some());
        assert!(asking.same(&question("a", MOST_VALUES + 1)).is_none());
    }

    #[test]
    fn no_more_questions_are_told_apart_than_there_is_room_for() {
        let asking = Asking::default();
        for number in 0..3 * QUESTIONS {
            asking
                .same(&question(&number.to_string(), 1))
                .expect("a line");
        }
        assert!(asking.0.into_inner().expect("nobody has failed").len() <= QUESTIONS);
    }

    #[test]
    fn only_what_is_known_to_be_answered_quickly_is_waited_for() {
        let (mut pace, now) = (Pace::default(), Instant::now());
        assert!(!pace.quick, "nobody has asked");
        pace.took(SLOW + Duration::from_micros(1), 1, now);
        assert!(!pace.quick);
        pace.took(SLOW, 1, now);
        assert!(pace.quick);
        pace.took(SLOW * 8, 8, now);
        assert!(pace.quick);
        // Slow alone, it is tried again as soon as it is quick.
        pace.took(SLOW * 2, 1, now);
        assert!(!pace.quick);
        pace.took(SLOW / 2, 1, now);
        assert!(pace.quick);
        // Slow together, it stays alone for a while.
        pace.took(SLOW * 9, 8, now);
        pace.took(SLOW / 2, 1, now + REST / 2);
        assert!(!pace.quick);
        pace.took(SLOW / 2, 1, now + REST);
        assert!(pace.quick);
    }

    #[tokio::test]
    async fn nobody_fails_for_another() {
        let db = Scratch::open().await;
        // The smallest number has no absolute value that fits; and SQLite can't be asked together.
        let absolute = Query::select().expr(Func::abs(Expr::val(0_i64))).take();
        let question = Question::of(&absolute, db.backend());
        let asking = Asking::default();
        let asked = asking.same(&question).expect("a line");
        let numbers = [-1, i64::MIN, -3];
        let askers = numbers.map(|number| vec![Value::from(number)]);
        let answers = asked.answers(db.reader(), askers.to_vec()).await;
        assert_eq!(answers.len(), numbers.len());
        for (number, answer) in numbers.into_iter().zip(answers) {
            let row = answer.ok().and_then(|rows| rows.into_iter().next());
            let absolute = row.map(|row| row.try_get_by_index::<i64>(0).expect("a number"));
            assert_eq!(absolute, number.checked_abs());
        }
        assert!(!asked.pace().quick);
        db.close().await;
    }
}
