/** A text in both languages of the product. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** Every label and message of the page itself (the API sends its own, by `Accept-Language`). */
export const words = {
  tagline: { en: 'After-sales service API', zh: '售后服务 API' },
  signInForm: { en: 'Sign in', zh: '登录' },
  login: { en: 'Login', zh: '账号' },
  password: { en: 'Password', zh: '密码' },
  signIn: { en: 'Sign in', zh: '登录' },
  signOut: { en: 'Sign out', zh: '退出' },
  switchUser: { en: 'Switch', zh: '切换' },
  demoUser: { en: 'Demo user', zh: '演示用户' },
  chooseDemoUser: { en: 'choose', zh: '请选择' },
  signedInAs: { en: 'Signed in as', zh: '当前用户' },
  explorer: { en: 'GraphQL explorer', zh: 'GraphQL 浏览器' },
  loading: { en: 'Loading the explorer…', zh: '正在加载浏览器…' },
  ended: { en: 'Your session has ended. Please sign in again.', zh: '会话已结束，请重新登录。' },
  unreachable: { en: 'The server cannot be reached.', zh: '无法连接服务器。' },
  refused: { en: 'Sign-in was refused.', zh: '登录被拒绝。' },
  broken: { en: 'The explorer failed to load.', zh: '浏览器加载失败。' },
  reload: { en: 'Reload the page', zh: '重新加载页面' },
  startTitle: { en: 'Explore the Aftercare API', zh: '探索 Aftercare API' },
  startWhat: {
    en: 'One GraphQL endpoint for tickets, customers, teams, training, appraisals and incentives. Your roles decide what you can query and change.',
    zh: '一个 GraphQL 接口，涵盖工单、客户、团队、培训、考核与激励。您的角色决定可查询和修改的内容。',
  },
  startHow: {
    en: 'Sign in above: the schema, the documentation and auto-completion are for signed-in users.',
    zh: '请在上方登录：模式、文档和自动补全仅向已登录用户开放。',
  },
  startMemory: {
    en: 'The session lives in this page only; reloading it signs you out.',
    zh: '会话仅保存在当前页面中，刷新页面即退出登录。',
  },
  startDemo: { en: 'Or start as a demo user', zh: '或以演示用户身份开始' },
} as const satisfies Record<string, Words>;

/** Both languages as one plain string, for attributes and options. */
export function both({ en, zh }: Words): string {
  return `${en} · ${zh}`;
}

/** Both languages, with the Chinese marked as such for screen readers and fonts. */
export function Text({ of }: { readonly of: Words }) {
  return (
    <>
      {of.en} <span aria-hidden="true">·</span> <span lang="zh">{of.zh}</span>
    </>
  );
}
