//! Changing customers, their contacts and units.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use entity::{contact, customer, member, partner, product, unit};

use super::enums::{CustomerKind, CustomerTier};
use super::types::{Contact, Customer, Unit};
use crate::access::{Permission, find};
use crate::customers::actions;
use crate::customers::store::read_contact;
use crate::graphql::{Ask, Date, Id, Outcome, change};
use crate::mutation_payload;
use crate::organisation::graphql::Province;

/// A customer to add. 新增客户
#[derive(InputObject)]
pub struct CustomerCreateInput {
    /// Company or person. 客户类型
    kind: CustomerKind,
    /// Name, 1 to 200 characters. 名称
    name: String,
    /// Where it is. 省份
    province: Province,
    /// How it is ranked. 客户等级
    #[graphql(default_with = "CustomerTier::Standard")]
    tier: CustomerTier,
    /// The partner it was won through. 合作伙伴
    partner_id: Option<Id<partner::Entity>>,
    /// The member who looks after it. 负责人
    owner_id: Option<Id<member::Entity>>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// What changes about a customer: what is absent stays, null takes away. 修改客户
#[derive(InputObject)]
pub struct CustomerUpdateInput {
    /// Which one. 客户
    id: Id<customer::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Company or person; can't be taken away. 客户类型
    kind: MaybeUndefined<CustomerKind>,
    /// Name, 1 to 200 characters; can't be taken away. 名称
    name: MaybeUndefined<String>,
    /// Where it is; can't be taken away. 省份
    province: MaybeUndefined<Province>,
    /// How it is ranked; can't be taken away. 客户等级
    tier: MaybeUndefined<CustomerTier>,
    /// The partner it was won through. 合作伙伴
    partner_id: MaybeUndefined<Id<partner::Entity>>,
    /// The member who looks after it. 负责人
    owner_id: MaybeUndefined<Id<member::Entity>>,
}

/// A contact to add. 新增联系人
#[derive(InputObject)]
pub struct ContactAddInput {
    /// Of which customer. 客户
    customer_id: Id<customer::Entity>,
    /// Name, 1 to 200 characters. 姓名
    name: String,
    /// What the person does there, at most 100 characters. 职务
    role: Option<String>,
    /// Telephone number, 5 to 20 digits. 电话
    phone: Option<String>,
    /// E-mail address. 邮箱
    email: Option<String>,
    /// Is this the one to ask first? Then no other contact of the customer is. 是否首要联系人
    #[graphql(default)]
    is_primary: bool,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// What changes about a contact: what is absent stays, null takes away. 修改联系人
#[derive(InputObject)]
pub struct ContactUpdateInput {
    /// Which one. 联系人
    id: Id<contact::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Name, 1 to 200 characters; can't be taken away. 姓名
    name: MaybeUndefined<String>,
    /// What the person does there, at most 100 characters. 职务
    role: MaybeUndefined<String>,
    /// Telephone number, 5 to 20 digits. 电话
    phone: MaybeUndefined<String>,
    /// E-mail address. 邮箱
    email: MaybeUndefined<String>,
    /// Is this the one to ask first? Then no other contact of the customer is. 是否首要联系人
    is_primary: MaybeUndefined<bool>,
}

/// A contact to remove. 删除联系人
#[derive(InputObject)]
pub struct ContactRemoveInput {
    /// Which one. 联系人
    id: Id<contact::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
}

/// A sold unit to register. 登记设备
#[derive(InputObject)]
pub struct UnitRegisterInput {
    /// Serial number, 1 to 64 characters, unique. 序列号
    serial: String,
    /// The product it is one of. 产品
    product_id: Id<product::Entity>,
    /// Who has it. 客户
    customer_id: Id<customer::Entity>,
    /// Day of sale; not in the future. 销售日期
    sold_on: Date,
    /// First day without warranty; after the day of sale. 保修截止日期
    warranty_until: Option<Date>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

mutation_payload!(
    CustomerCreatePayload,
    customer: Customer,
    "The new customer; null when nothing was changed. 新客户"
);
mutation_payload!(
    CustomerUpdatePayload,
    customer: Customer,
    "The customer; null when nothing was changed. 客户"
);
mutation_payload!(
    ContactAddPayload,
    contact: Contact,
    "The new contact; null when nothing was changed or the viewer may not read contacts. 新联系人"
);
mutation_payload!(
    ContactUpdatePayload,
    contact: Contact,
    "The contact; null when nothing was changed or the viewer may not read contacts. 联系人"
);
mutation_payload!(
    ContactRemovePayload,
    customer: Customer,
    "The customer whose contact it was; null when nothing was changed. 客户"
);
mutation_payload!(
    UnitRegisterPayload,
    unit: Unit,
    "The new unit; null when nothing was changed. 新设备"
);

/// Maps an action's result onto its payload: the row as the viewer may read it now, read anew.
macro_rules! show {
    ($ctx:ident, $result:expr, |$app:ident, $call:ident, $id:ident| $read:expr, $view:ident) => {{
        let ($app, $call) = ($ctx.app(), $ctx.call());
        let result = match $result {
            Ok($id) => $read.await,
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result($call, result)?;
        let outcome = Outcome {
            value: outcome.value.flatten().map($view),
            user_errors: outcome.user_errors,
        };
        Ok(Some(outcome.into()))
    }};
    ($ctx:ident, $result:expr, $table:ident as $view:ident) => {
        show!(
            $ctx,
            $result,
            |app, call, id| find::<$table::Entity>(
                app.db.reader(),
                &call.viewer,
                Permission::CustomerRead,
                id
            ),
            $view
        )
    };
}

/// The customers' mutations.
#[derive(Default)]
pub struct CustomerMutation;

/// The customers' mutations.
#[Object]
impl CustomerMutation {
    /// Adds a customer; it must be within the reach of `customer.write`. 新增客户
    async fn customer_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The customer. 客户")] input: CustomerCreateInput,
    ) -> Result<Option<CustomerCreatePayload>> {
        let order = actions::CustomerCreate {
            kind: input.kind.into(),
            name: input.name,
            province: input.province.into(),
            tier: input.tier.into(),
            partner_id: input.partner_id.map(|id| id.uuid),
            owner_id: input.owner_id.map(|id| id.uuid),
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::customer_create(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, customer as Customer)
    }

    /// Changes a customer; it must be within the reach of `customer.write` before and after. 修改客户
    async fn customer_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes. 修改内容")] input: CustomerUpdateInput,
    ) -> Result<Option<CustomerUpdatePayload>> {
        let order = actions::CustomerUpdate {
            id: input.id.uuid,
            expected_version: input.expected_version,
            kind: change(input.kind).map(Into::into),
            name: change(input.name),
            province: change(input.province).map(Into::into),
            tier: change(input.tier).map(Into::into),
            partner_id: change(input.partner_id).map(|id| id.uuid),
            owner_id: change(input.owner_id).map(|id| id.uuid),
        };
        let result = actions::customer_update(ctx.app(), ctx.call(), order).await;
        show!(ctx, result, customer as Customer)
    }

    /// Adds a contact to a customer within the reach of `customer.contact.write`. 新增联系人
    async fn contact_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The contact. 联系人")] input: ContactAddInput,
    ) -> Result<Option<ContactAddPayload>> {
        let order = actions::ContactAdd {
            customer_id: input.customer_id.uuid,
            name: input.name,
            role: input.role,
            phone: input.phone,
            email: input.email,
            is_primary: input.is_primary,
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::contact_add(ctx.app(), ctx.call(), &order, key).await;
        show!(
            ctx,
            result,
            |app, call, id| read_contact(&app.db, call, id),
            Contact
        )
    }

    /// Changes a contact. The audit log says which fields changed, never their values. 修改联系人
    async fn contact_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes. 修改内容")] input: ContactUpdateInput,
    ) -> Result<Option<ContactUpdatePayload>> {
        let order = actions::ContactUpdate {
            id: input.id.uuid,
            expected_version: input.expected_version,
            name: change(input.name),
            role: change(input.role),
            phone: change(input.phone),
            email: change(input.email),
            is_primary: change(input.is_primary),
        };
        let result = actions::contact_update(ctx.app(), ctx.call(), &order).await;
        show!(
            ctx,
            result,
            |app, call, id| read_contact(&app.db, call, id),
            Contact
        )
    }

    /// Removes a contact that nothing else names. 删除联系人
    async fn contact_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 联系人")] input: ContactRemoveInput,
    ) -> Result<Option<ContactRemovePayload>> {
        let order = actions::ContactRemove {
            id: input.id.uuid,
            expected_version: input.expected_version,
        };
        let result = actions::contact_remove(ctx.app(), ctx.call(), order).await;
        show!(ctx, result, customer as Customer)
    }

    /// Registers a sold unit with a customer within the reach of `customer.write`. 登记设备
    async fn unit_register(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit. 设备")] input: UnitRegisterInput,
    ) -> Result<Option<UnitRegisterPayload>> {
        let order = actions::UnitRegister {
            serial: input.serial,
            product_id: input.product_id.uuid,
            customer_id: input.customer_id.uuid,
            sold_on: input.sold_on.0,
            warranty_until: input.warranty_until.map(|day| day.0),
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::unit_register(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, unit as Unit)
    }
}
