import { describe, expect, test } from 'vitest';

import { parseArchives, parsePolicies } from './policy.js';
import { isSecurityArchive, isSecurityUpgrade } from './security-archive.js';

const archives = parseArchives(`Package files:
 100 /var/lib/dpkg/status
     release a=now
 510 https://esm.ubuntu.com/infra/ubuntu jammy-infra-security/main amd64 Packages
     release v=22.04,o=UbuntuESM,a=jammy-infra-security,n=jammy,l=UbuntuESM,c=main,b=amd64
     origin esm.ubuntu.com
 500 http://archive.ubuntu.com/ubuntu jammy-updates/main amd64 Packages
     release v=22.04,o=Ubuntu,a=jammy-updates,n=jammy,l=Ubuntu,c=main,b=amd64
 500 http://security.debian.org/debian-security bookworm-security/main amd64 Packages
     release v=12,o=Debian,a=stable-security,n=bookworm-security,l=Debian-Security,c=main,b=amd64
 500 https://example.org/security ./ Packages
     release o=Example,a=stable,n=stable,l=Tools, and more,c=
Pinned packages:
`);

const policies = parsePolicies(
  `libssl3:i386:
  Installed: 3.0.2-0ubuntu1
  Candidate: 3.0.2-0ubuntu1.2
  Package pin: 3.0.2-0ubuntu1.2
  Version table:
     3.0.2-0ubuntu1.2 500 (phased 20%)
        500 http://archive.ubuntu.com/ubuntu jammy-updates/main amd64 Packages
     3.0.2-0ubuntu1.1 510
        510 https://esm.ubuntu.com/infra/ubuntu jammy-infra-security/main amd64 Packages
 *** 3.0.2-0ubuntu1 100
        100 /var/lib/dpkg/status
absent:
  Installed: (none)
  Candidate: (none)
  Version table:
`,
  archives,
);

describe('apt-cache policy', () => {
  test('tells each archive by the words that the version tables use', () => {
    expect(archives.get('https://example.org/security ./ Packages')).toEqual({
      origin: 'Example',
      label: 'Tools, and more',
      suite: 'stable',
      codename: 'stable',
    });
  });

  test('tells versions, phased ones too, and packages that are not installed', () => {
    const [ssl, absent] = policies;
    expect(ssl).toMatchObject({
      name: 'libssl3:i386',
      installed: '3.0.2-0ubuntu1',
      candidate: '3.0.2-0ubuntu1.2',
    });
    expect(ssl?.versions.map(({ version }) => version)).toEqual([
      ...['3.0.2-0ubuntu1.2', '3.0.2-0ubuntu1.1', '3.0.2-0ubuntu1'],
    ]);
    expect(absent).toMatchObject({ name: 'absent', installed: null, candidate: null });
  });

  test('an upgrade is one of security by the archive and never by an address that sounds so', () => {
    expect([...archives.values()].map(isSecurityArchive)).toEqual([false, true, false, true, false]);
    expect(policies.map(isSecurityUpgrade)).toEqual([true, false]);
  });
});
