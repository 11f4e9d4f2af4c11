// The plain page: sign in, send a query, show the answer. The token lives in memory only; reloading signs out.

const element = (id) => document.getElementById(id);
let token;

async function send(query, variables) {
  const headers = {
    accept: 'application/graphql-response+json, application/json',
    'content-type': 'application/json',
  };
  if (token) headers.authorization = `Bearer ${token}`;
  const response = await fetch('/graphql', {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

async function signIn(form) {
  token = undefined;
  const { login, password } = Object.fromEntries(new FormData(form));
  const answer = await send(
    'mutation SignIn($login: String!, $password: String!) { signIn(input: { login: $login, password: $password }) { session { accessToken } userErrors { message } } }',
    { login, password },
  );
  const outcome = answer.data?.signIn;
  token = outcome?.session?.accessToken;
  const mistake = (outcome?.userErrors ?? answer.errors ?? []).map((error) => error.message).join(' ');
  element('who').textContent = token ? `${login} ✓` : mistake;
}

async function run() {
  const answer = element('answer');
  answer.textContent = '…';
  try {
    const variables = JSON.parse(element('variables').value || '{}');
    answer.textContent = JSON.stringify(await send(element('query').value, variables), null, 2);
  } catch (error) {
    answer.textContent = String(error);
  }
}

element('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  signIn(event.target).catch((error) => {
    element('who').textContent = String(error);
  });
});
element('run').addEventListener('click', run);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run();
});

const users = await fetch('/demo-users.json').then((response) => (response.ok ? response.json() : []), () => []);
for (const user of users) {
  const option = document.createElement('option');
  option.value = user.login;
  option.label = `${user.login} · ${user.role} ${user.roleZh} · ${user.password}`;
  element('users').append(option);
}
