const nouns: Record<string, string> = {
  agent_certificate: 'Certificate of an agent',
  api_token: 'API token',
  audit_log: 'Audit log',
  enrollment: 'Enrolment',
  enrollment_token: 'Enrolment token',
  group: 'Group',
  health_check: 'Health check',
  host: 'Host',
  manager_certificate: 'Certificate of the manager',
  session: 'Session',
  user: 'User',
  window: 'Maintenance window',
};

const verbs: Record<string, string> = {
  create: 'created',
  update: 'changed',
  delete: 'deleted',
  test: 'tested',
  revoke: 'revoked',
  issue: 'issued',
  request: 'requested',
  approve: 'approved',
  deny: 'denied',
  refresh: 'asked for its facts',
  add_user: 'got a person',
  remove_user: 'lost a person',
  add_host: 'got a host',
  add_hosts: 'got hosts',
  remove_host: 'lost a host',
};

const whole: Record<string, string> = {
  'enrollment.collect_key': 'Key handed to an agent',
  'enrollment.duplicate_machine': 'Machine id seen twice',
  'health_check.copy': 'Health checks copied',
  'health_check.test_unsaved': 'Health check tried',
  'session.create': 'Sign-in',
  'session.end': 'Sign-out',
  'user.change_password': 'Own password changed',
  'user.reset_password': 'Password reset',
};

/** `host.create` as a person would say it: `Host created`. An action this page does not know yet still reads. */
export function actionWords(action: string): string {
  const known = whole[action];
  if (known !== undefined) return known;
  const [noun = '', verb = ''] = action.split('.');
  return `${nouns[noun] ?? sentence(noun)} ${verbs[verb] ?? verb.replaceAll('_', ' ')}`.trim();
}

const nameKeys = ['fqdn', 'name', 'username'];

/** What the entry is about, by the name it had then: `shop-web-07.example.org`. Null where the entry does not say. */
export function subjectOf(details: Readonly<Record<string, unknown>>): string | null {
  const name = nameKeys.map((key) => details[key]).find((value) => typeof value === 'string');
  return name ?? null;
}

const sentence = (words: string): string =>
  (words.charAt(0).toUpperCase() + words.slice(1)).replaceAll('_', ' ');
