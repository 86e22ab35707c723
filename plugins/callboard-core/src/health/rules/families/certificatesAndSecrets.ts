import type { HealthFamily } from '../types';

export const CERTIFICATES_AND_SECRETS: readonly HealthFamily[] = [
  {
    title: 'cert-manager',
    docs: 'https://cert-manager.io/docs/reference/api-docs/',
    rules: [
      {
        kinds: ['cert-manager.io/Certificate'],
        checks: [
          'Progressing if Issuing=True',
          'Degraded if Ready=False',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
      {
        kinds: [
          'cert-manager.io/Issuer',
          'cert-manager.io/ClusterIssuer',
          'certmanager.k8s.io/Certificate',
          'certmanager.k8s.io/Issuer',
          'certmanager.k8s.io/ClusterIssuer',
        ],
        checks: [
          'Degraded if Ready=False',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
      {
        kinds: ['cert-manager.io/CertificateRequest'],
        checks: [
          'Degraded if Denied=True',
          'Degraded if InvalidRequest=True',
          'Healthy if Ready=True',
          'Degraded if Ready(not Pending)',
          'Progressing',
        ],
      },
      {
        kinds: ['acme.cert-manager.io/Challenge', 'acme.cert-manager.io/Order'],
        checks: [
          'Healthy if .status.state=valid',
          'Degraded if .status.state=invalid|expired|errored',
          'Progressing',
        ],
      },
      {
        kinds: ['trust.cert-manager.io/Bundle'],
        checks: ['Healthy if Synced=True', 'Degraded if Synced', 'Progressing'],
      },
    ],
  },
  {
    title: 'External Secrets Operator',
    docs: 'https://external-secrets.io/latest/api/spec/',
    rules: [
      {
        kinds: ['external-secrets.io/ExternalSecret'],
        checks: [
          'Progressing if .spec.refreshPolicy=OnChange and Ready.lastTransitionTime<.status.refreshTime',
          'Degraded if Ready=False',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
      {
        kinds: [
          'external-secrets.io/SecretStore',
          'external-secrets.io/ClusterSecretStore',
          'external-secrets.io/PushSecret',
        ],
        checks: [
          'Degraded if Ready=False',
          'Healthy if Ready=True',
          'Progressing',
        ],
      },
      {
        kinds: ['external-secrets.io/ClusterExternalSecret'],
        checks: [
          'Healthy if last:Ready=True',
          'Degraded if last:PartiallyReady=True',
          'Degraded if last:NotReady=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Sealed Secrets',
    docs: 'https://github.com/bitnami-labs/sealed-secrets',
    rules: [
      {
        kinds: ['bitnami.com/SealedSecret'],
        checks: [
          'Progressing if no .metadata.generation',
          'Progressing if unobserved',
          'Degraded if Synced=False',
          'Healthy if Synced=True',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Vault Secrets Operator',
    docs: 'https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/api-reference',
    rules: [
      {
        kinds: ['secrets.hashicorp.com/VaultStaticSecret'],
        checks: ['Healthy if .status.secretMAC', 'Degraded'],
      },
    ],
  },
  {
    title: '1Password Operator',
    docs: 'https://developer.1password.com/docs/k8s/operator/',
    rules: [
      {
        kinds: ['onepassword.com/OnePasswordItem'],
        checks: [
          'Healthy if Ready=True',
          'Degraded if Ready=False',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Google managed certificates',
    docs: 'https://cloud.google.com/kubernetes-engine/docs/how-to/managed-certs',
    rules: [
      {
        kinds: ['networking.gke.io/ManagedCertificate'],
        checks: [
          'Degraded if any .status.domainStatus: .status=FailedNotVisible',
          'Healthy if .status.certificateStatus=Active',
          'Progressing',
        ],
      },
    ],
  },
  {
    title: 'Kubernetes External Secrets',
    docs: 'https://github.com/external-secrets/kubernetes-external-secrets',
    rules: [
      {
        kinds: ['kubernetes-client.io/ExternalSecret'],
        checks: [
          'Healthy if .status.status=SUCCESS',
          'Degraded if .status.status^=ERROR',
          'Progressing',
        ],
      },
    ],
  },
];
