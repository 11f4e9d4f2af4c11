//! Partners, customers, contacts, products and units in the schema.

use async_graphql::{Context, Object, Result};
use entity::{contact, customer, partner, product, unit};
use uuid::Uuid;

use super::enums::{CustomerKind, CustomerTier, PartnerKind};
use super::loaders::{ContactId, ContactsPage};
use crate::customers::contracts::graphql::Contract;
use crate::customers::contracts::store::CustomersContracts;
use crate::customers::store::CustomersUnits;
use crate::graphql::children::{page_of, shared};
use crate::graphql::direct::To;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Connection, Date, DateTime, Id, PageArgs};
use crate::organisation::graphql::{Member, Province};
use crate::{direct, linked};

/// A partner organisation: dealer, service partner or client company. 合作伙伴
pub struct Partner(pub partner::Model);

/// A partner organisation: dealer, service partner or client company. 合作伙伴
#[Object]
impl Partner {
    /// Its id. 标识
    pub async fn id(&self) -> Id<partner::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> Option<&str> {
        self.0.name_zh.as_deref()
    }

    /// What it does with us. 合作伙伴类型
    async fn kind(&self) -> PartnerKind {
        self.0.kind.into()
    }

    /// Where it is. 省份
    async fn province(&self) -> Province {
        self.0.province.into()
    }

    /// First day as a partner. 生效日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// First day on which it is no longer one; null while no end is known. 失效日期
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Into::into)
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A customer whose products we look after. 客户
pub struct Customer(pub customer::Model);

/// A customer whose products we look after. 客户
#[Object]
impl Customer {
    /// Its id. 标识
    pub async fn id(&self) -> Id<customer::Entity> {
        Id::new(self.0.id)
    }

    /// The number for people, such as `C000001`. 客户编号
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// Company or person. 客户类型
    async fn kind(&self) -> CustomerKind {
        self.0.kind.into()
    }

    /// Name. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it is. 省份
    async fn province(&self) -> Province {
        self.0.province.into()
    }

    /// How it is ranked. 客户等级
    async fn tier(&self) -> CustomerTier {
        self.0.tier.into()
    }

    /// The partner it was won through. 合作伙伴
    async fn partner(&self) -> To<Partner> {
        To::new(self.0.partner_id)
    }

    /// The member who looks after it. 负责人
    async fn owner(&self) -> To<Member> {
        To::new(self.0.owner_id)
    }

    /// The people to talk to, the primary one first. Confidential: every look is written to the audit log. 联系人（查看均有记录）
    async fn contacts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
    ) -> Result<Option<Connection<Contact>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let key = ContactsPage {
            customer_id: self.0.id,
            page,
            want_total: ctx.selects("totalCount"),
        };
        let listing = ctx
            .loads()
            .load_one(key)
            .await
            .map_err(shared)
            .on_field(call)?;
        Ok(listing.map(|listing| Connection::from_listing(listing, Contact)))
    }

    /// The units it has, the last sold first. 设备
    async fn units(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
    ) -> Result<Option<Connection<Unit>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let listing = page_of::<CustomersUnits>(ctx, self.0.id, page).await;
        let listing = listing.on_field(call)?;
        Ok(Some(Connection::from_listing(listing, Unit).directly()))
    }

    /// The contracts with it, the latest signature first. 合同
    async fn contracts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
    ) -> Result<Option<Connection<Contract>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let listing = page_of::<CustomersContracts>(ctx, self.0.id, page).await;
        let listing = listing.on_field(call)?;
        Ok(Some(Connection::from_listing(listing, Contract)))
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was added. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// Somebody to talk to at a customer's. Personal data: every look is written to the audit log. 联系人（查看均有记录）
pub struct Contact(pub contact::Model);

/// A contact by id, batched with its siblings, the look logged: how other domains show one.
///
/// # Errors
/// When it can't be read or the look can't be logged.
pub async fn logged_contact(ctx: &Context<'_>, id: Uuid) -> Result<Option<Contact>> {
    let row = ctx.loads().load_one(ContactId(id)).await.map_err(shared);
    Ok(row.on_field(ctx.call())?.map(Contact))
}

/// Somebody to talk to at a customer's. Personal data: every look is written to the audit log. 联系人（查看均有记录）
#[Object]
impl Contact {
    /// Its id. 标识
    pub async fn id(&self) -> Id<contact::Entity> {
        Id::new(self.0.id)
    }

    /// The customer. 客户
    async fn customer(&self) -> To<Customer> {
        To::new(self.0.customer_id)
    }

    /// Name. 姓名
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What the person does there. 职务
    async fn role(&self) -> Option<&str> {
        self.0.role.as_deref()
    }

    /// Telephone number. 电话
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }

    /// E-mail address. 邮箱
    async fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    /// Is this the one to ask first? 是否首要联系人
    async fn is_primary(&self) -> bool {
        self.0.is_primary
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A product that we look after. 产品
pub struct Product(pub product::Model);

/// A product that we look after. 产品
#[Object]
impl Product {
    /// Its id. 标识
    pub async fn id(&self) -> Id<product::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// Product line. 产品线
    async fn line(&self) -> &str {
        &self.0.line
    }

    /// First day on which it is sold. 生效日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// First day on which it is no longer sold; null while no end is known. 失效日期
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Into::into)
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// One sold piece of a product. 设备
pub struct Unit(pub unit::Model);

/// One sold piece of a product. 设备
#[Object]
impl Unit {
    /// Its id. 标识
    pub async fn id(&self) -> Id<unit::Entity> {
        Id::new(self.0.id)
    }

    /// Serial number, unique. 序列号
    async fn serial(&self) -> &str {
        &self.0.serial
    }

    /// The product it is one of. 产品
    async fn product(&self) -> To<Product> {
        To::new(self.0.product_id)
    }

    /// Who has it. 客户
    async fn customer(&self) -> To<Customer> {
        To::new(self.0.customer_id)
    }

    /// Day of sale. 销售日期
    async fn sold_on(&self) -> Date {
        self.0.sold_on.into()
    }

    /// First day without warranty; null when there never was one. 保修截止日期
    async fn warranty_until(&self) -> Option<Date> {
        self.0.warranty_until.map(Into::into)
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was registered. 登记时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

direct!(Partner: id, code, name, name_zh, kind, province, valid_from, valid_to, version, updated_at);
direct!(
    Customer: id, number, kind, name, province, tier, version, created_at, updated_at;
    partner: Partner, owner: Member
);
direct!(Product: id, code, name, name_zh, line, valid_from, valid_to, version, updated_at);
direct!(
    Unit: id, serial, sold_on, warranty_until, version, created_at, updated_at;
    product: Product, customer: Customer
);
linked!(Partner: partner, Customer: customer, Product: product, Unit: unit);
