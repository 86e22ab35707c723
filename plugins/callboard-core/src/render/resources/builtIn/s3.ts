import { drawnVariable, secretOf } from '../generatedSecret';
import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { findSizeFault, readTexts, renderStateful } from './stateful';

const PORT = 9000;
const ACCESS_KEY = 'app';
const REGION = 'us-east-1'; // the default region of clients and servers
const MOUNT = '/data';
const DATA = `${MOUNT}/store`; // each folder beside it is a bucket, and a claim may have a lost+found
const DEFAULTS = { bucket: 'app', size: '10Gi' };
/** With a version in its tag: `latest` would change the server under a running app. */
const IMAGE = 'quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z';

/** Creates the folder of the bucket, which the server finds at its start. */
const START = `mkdir -p ${DATA}/"$BUCKET" && exec minio server ${DATA} --address :${PORT}`;

/**
 * Provisions a bucket of its own in a MinIO of one pod with a claim. Params:
 * `bucket`, its name, and `size` of the claim.
 */
export function provisionS3(
  resource: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const params = readTexts(resource.params, DEFAULTS);
  if (!params.ok) return params;
  const { bucket, size } = params.value;
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket))
    return {
      ok: false,
      param: 'bucket',
      why: 'this is no name of a bucket',
      next: 'Use 3 to 63 characters from a-z, 0-9 and "-" that start and end with a letter or digit',
    };
  const fault = findSizeFault(size);
  if (fault) return fault;
  const { objectName: name } = resource;
  const key = secretOf(name, 'secret-key');
  const endpoint = `http://${name}:${PORT}`;
  return {
    ok: true,
    outputs: {
      endpoint,
      url: endpoint,
      host: name,
      port: PORT,
      bucket,
      region: REGION,
      access_key_id: ACCESS_KEY,
      secret_key: key,
      aws_access_key_id: ACCESS_KEY,
      aws_secret_key: key,
    },
    secrets: { 'secret-key': { length: 32 } },
    objects: renderStateful(resource, context, {
      image: IMAGE,
      port: PORT,
      uid: 1000,
      dataPath: MOUNT,
      size,
      requests: { cpu: '100m', memory: '256Mi' },
      container: {
        command: ['sh', '-c', START],
        env: [
          { name: 'BUCKET', value: bucket },
          { name: 'HOME', value: '/tmp' }, // its user has no home directory in the image
          drawnVariable('MINIO_ROOT_PASSWORD', name, 'secret-key'),
          { name: 'MINIO_ROOT_USER', value: ACCESS_KEY },
        ],
      },
    }),
  };
}
