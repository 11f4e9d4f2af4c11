//! Certificates that run out among what members have to do.

use chrono::Days;
use entity::{certificate, member_certificate};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::access::{Permission, visible};
use crate::db::Pool;
use crate::error::{Result, Text};
use crate::settings;
use crate::tasks::{Asked, Due, Found, MOST, Task, TaskKind, TaskSource};

/// Certificates of members that run out within the days of the warning, as far as the viewer may see them. What has run out
/// is no task any more: it is renewed by an exam or an entry, which come by themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct CertificateTasks;

impl TaskSource for CertificateTasks {
    fn kind(&self) -> TaskKind {
        TaskKind::Certificate
    }

    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>> {
        use member_certificate::Column::{CertificateId, ExpiresOn, Id, MemberId, RevokedOn};
        Box::pin(async move {
            let days = settings::read(db, &settings::CERTIFICATE_WARNING_DAYS).await?;
            let today = asked.today();
            let ahead = Days::new(u64::try_from(days).unwrap_or(0));
            let last = today.checked_add_days(ahead).unwrap_or(today);
            let kind: sea_orm::RelationDef =
                member_certificate::Entity::belongs_to(certificate::Entity)
                    .from(CertificateId)
                    .to(certificate::Column::Id)
                    .into();
            let select =
                visible::<member_certificate::Entity>(asked.viewer, Permission::MemberRead)
                    .filter(MemberId.is_in(asked.members.iter().copied()))
                    .filter(RevokedOn.is_null())
                    .filter(ExpiresOn.gt(today))
                    .filter(ExpiresOn.lte(last));
            let total = select.clone().count(db).await?;
            let rows = select
                .join(sea_orm::JoinType::InnerJoin, kind)
                .select_also(certificate::Entity)
                .order_by_asc(ExpiresOn)
                .order_by_asc(Id)
                .limit(MOST as u64)
                .all(db)
                .await?;
            let task = |(row, kind): (member_certificate::Model, Option<certificate::Model>)| {
                let kind = kind?;
                // The end is the first day on which it no longer holds.
                let last_day = row.expires_on?.pred_opt()?;
                Some(Task {
                    kind: TaskKind::Certificate,
                    member: row.member_id,
                    title: Text::new(
                        format!("Renew the certificate: {}", kind.name),
                        format!("证书即将到期：{}", kind.name_zh),
                    ),
                    due: Some(Due::Day(last_day)),
                    table: "member_certificate",
                    id: row.id,
                })
            };
            Ok(Found {
                tasks: rows.into_iter().filter_map(task).collect(),
                total,
            })
        })
    }
}
