use super::*;

const SDL: &str = r#"
    interface Node { id: ID! }
    "A ticket." type Ticket implements Node { id: ID! stage: Stage! comments(first: Int = 20): [Comment!]! }
    type Comment implements Node { id: ID! text: String }
    union Hit = Ticket | Comment
    enum Stage { INTAKE CLOSED }
    input TicketFilter { stage: Stage }
    type Query { tickets(filter: TicketFilter): [Ticket!]! node(id: ID!): Node search: [Hit!]! }
    schema { query: Query }
"#;

#[test]
fn knows_fields_members_and_run_time_types() {
    let model = SchemaModel::from_sdl(SDL).unwrap();
    assert_eq!(model.query, "Query");
    assert_eq!(
        model.get("Ticket").unwrap().description.as_deref(),
        Some("A ticket.")
    );
    assert_eq!(
        named_type(&model.field("Ticket", "comments").unwrap().ty),
        "Comment"
    );
    assert!(is_list(&model.field("Ticket", "comments").unwrap().ty));
    for name in ["Node", "Hit"] {
        assert_eq!(
            model.possible_types(name),
            BTreeSet::from(["Comment", "Ticket"])
        );
    }
    assert_eq!(model.possible_types("Ticket"), BTreeSet::from(["Ticket"]));
    assert!(
        model.has_member("TicketFilter", "stage")
            && model.has_member("Stage", "CLOSED")
            && !model.has_member("Stage", "OPEN")
    );
    assert_eq!(model.object_fields().count(), 8);
    assert!(
        model.is_composite("Hit")
            && !model.is_composite("Stage")
            && !model.is_composite("Int")
            && !model.is_composite("Nothing")
    );
}

#[test]
fn a_long_schema_is_read_in_parts() {
    let words = "word ".repeat(400);
    let one = |number: usize| {
        format!(
            "\"\"\"\nType {number}: {words}\n\ntype Fake {{\n}}\n\n\"\"\"\ntype T{number} {{\n\ta: Int\n\n\tb: Int\n}}\n\n"
        )
    };
    let sdl: String = (0..40).map(one).collect();
    let sdl = format!("{sdl}type Query {{\n\ta: Int\n}}\n\nschema {{\n\tquery: Query\n}}\n");
    let parts: Vec<&str> = read::parts(&sdl).collect();
    assert!((3..10).contains(&parts.len()), "{} parts", parts.len());
    assert_eq!(parts.concat(), sdl);
    let model = SchemaModel::from_sdl(&sdl).unwrap();
    assert_eq!(model.types().count(), 41);
    assert!(model.get("Fake").is_none());
}

#[test]
fn says_why_a_text_is_no_schema() {
    assert!(matches!(
        SchemaModel::from_sdl("type Query {"),
        Err(ModelError::Syntax(_))
    ));
    assert!(matches!(
        SchemaModel::from_sdl("type Query { a: Int }"),
        Err(ModelError::NoQuery)
    ));
}

#[test]
fn reads_what_the_library_prints() {
    struct Query;
    #[async_graphql::Object]
    impl Query {
        /// The answer.
        ///
        /// 答案。
        async fn answer(&self, #[graphql(desc = "How sure.", default = 3)] sure: i32) -> i32 {
            sure
        }
    }
    let schema = async_graphql::Schema::new(
        Query,
        async_graphql::EmptyMutation,
        async_graphql::EmptySubscription,
    );
    let model =
        SchemaModel::from_sdl(&schema.sdl_with_options(SchemaModel::export_options())).unwrap();
    let field = model.field("Query", "answer").unwrap();
    assert_eq!(field.description.as_deref(), Some("The answer.\n\n答案。"));
    assert_eq!(field.arguments["sure"].default_value, Some(Value::from(3)));
    assert!(
        model
            .directives()
            .any(|directive| directive.name.node == "include")
    );
}
