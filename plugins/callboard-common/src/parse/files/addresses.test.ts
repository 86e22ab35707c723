import { parsePlatformFiles } from '..';

const environment = (addresses: object) =>
  JSON.stringify({
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name: 'prod' },
    spec: { order: 1, placement: {}, addresses },
  });

const whyOf = (addresses: object) => {
  const parsed = parsePlatformFiles(environment(addresses), {
    file: 'prod.yaml',
  });
  return parsed.ok ? undefined : parsed.problem.why;
};

const DOMAIN = 'apps.example.com';

describe('spec.addresses of an environment', () => {
  it.each([
    { domain: DOMAIN, via: { type: 'Gateway' } },
    {
      domain: 'internal',
      via: { type: 'Gateway', name: 'public', namespace: 'gateways' },
      tls: { type: 'None' },
    },
    {
      domain: DOMAIN,
      via: { type: 'Ingress', class: 'nginx' },
      tls: { type: 'CertManager', issuer: 'letsencrypt' },
      hosts: ['www.example.com', '*.example.com'],
    },
    { domain: DOMAIN, via: { type: 'LoadBalancer' } },
    { domain: DOMAIN, via: { type: 'NodePort' }, tls: { type: 'None' } },
  ])('may be %j', addresses => {
    expect(whyOf(addresses)).toBeUndefined();
  });

  it.each<[object, string]>([
    [
      { domain: 'Apps.example.com', via: { type: 'Ingress' } },
      'must be a domain such as "apps.example.com"',
    ],
    [
      { domain: `${'a.'.repeat(100)}com`, via: { type: 'Ingress' } },
      'addresses.domain',
    ],
    [{ domain: DOMAIN }, 'addresses.via'],
    [
      { domain: DOMAIN, via: { type: 'Gateway', namespace: 'gateways' } },
      'must be given beside "namespace"',
    ],
    [
      {
        domain: DOMAIN,
        via: { type: 'Gateway' },
        tls: { type: 'CertManager', issuer: 'letsencrypt' },
      },
      'must be "Platform" or "None" beside a Gateway',
    ],
    [
      {
        domain: DOMAIN,
        via: { type: 'LoadBalancer' },
        tls: { type: 'Platform' },
      },
      'must be "None" beside LoadBalancer',
    ],
    [
      { domain: DOMAIN, via: { type: 'Ingress' }, hosts: ['*.*.example.com'] },
      'must be a host such as "www.example.com"',
    ],
  ])('cannot be %j', (addresses, why) => {
    expect(whyOf(addresses)).toContain(why);
  });
});
