/** The documents that open in the editor of someone who has none yet, a tab each. */
export const samples: readonly { readonly query: string }[] = [
  {
    query: `# The tickets I can see; run it as another user, too.
# 我能看到的工单；也可换个用户再试。
query MyTickets {
  viewer {
    name
    roles {
      key
    }
  }
  tickets(first: 5) {
    totalCount
    nodes {
      number
      subject
      stage
      state
    }
  }
}
`,
  },
  {
    query: `# What may I do, and on which rows?
# 我能做什么，范围有多大？
query MyRights {
  viewer {
    name
    permissions {
      permission
      reach
    }
  }
}
`,
  },
];
