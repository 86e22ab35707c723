import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { CheckedContext } from '../readKubeconfig';
import { type ExecDeps, execCredentials } from './execCredentials';
import type { KeptCredential } from './KeptCredential';
import { KeptFiles } from './KeptFiles';
import { loadKubeConfig } from './loadKubeConfig';
import { oidcCredentials } from './oidcCredentials';
import type { SignedCredential } from './readExecCredential';
import type { SignedIn, SignIn } from './SignIn';

const BEARER = 'Bearer ';

export interface KubeconfigSignInOptions {
  /** Name of the cluster, for problems. */
  cluster: string;
  /** Folder of the kubeconfig, against which relative paths are resolved. */
  folder: string;
  /** Other folders whose files it may name. */
  allowFilesIn?: readonly string[];
  /** Variables of the portal's environment that its program needs. */
  execEnv?: readonly string[];
}

/**
 * Signs in with a context of a kubeconfig. `KubeConfig` of the Kubernetes
 * client turns the context into headers and TLS options; files, tokens of an
 * issuer and output of programs are provided by this class, within limits.
 */
export class KubeconfigSignIn implements SignIn {
  readonly #kubeConfig: KubeConfig;
  readonly #files: KeptFiles;
  readonly #credential: KeptCredential<SignedCredential> | undefined;
  readonly #named: { ca?: string; certificate?: string; key?: string };
  readonly #tokenFile: string | undefined;

  constructor(
    { context, renewal }: CheckedContext,
    options: KubeconfigSignInOptions,
    deps: ExecDeps,
  ) {
    const { cluster, folder, allowFilesIn = [], execEnv = [] } = options;
    const { nowMs } = deps;
    const files = new KeptFiles({
      cluster,
      folder,
      allowed: allowFilesIn,
      nowMs,
    });
    this.#files = files;
    this.#named = namedFiles(context);
    this.#tokenFile = renewal?.kind === 'token-file' ? renewal.file : undefined;
    switch (renewal?.kind) {
      case 'exec':
        this.#credential = execCredentials(
          renewal.plugin,
          { cluster, context, folder, execEnv },
          deps,
        );
        break;
      case 'oidc': {
        const { ca, caFile } = renewal.settings;
        const readCa = async () =>
          caFile === undefined ? ca : files.read(caFile);
        this.#credential = oidcCredentials(renewal.settings, {
          cluster,
          readCa,
          nowMs,
        });
        break;
      }
      default:
    }
    const { token: _written, ...user } = context.user;
    const fields = harmlessFields({
      ...context,
      user: this.#tokenFile === undefined ? context.user : user, // the file precedes an inline token
    });
    this.#kubeConfig = loadKubeConfig(fields, {
      applyAuthentication: (_user, request) =>
        this.#apply(request as RequestOptions),
    });
  }

  async read(): Promise<SignedIn> {
    const request: RequestOptions = {};
    await this.#kubeConfig.applyToHTTPSOptions(request);
    return readRequest(request);
  }

  refuse(): void {
    this.#files.forget();
    this.#credential?.refuse();
  }

  async #apply(request: RequestOptions): Promise<void> {
    const { ca, certificate, key } = this.#named;
    if (ca !== undefined) request.ca = await this.#files.read(ca);
    if (certificate !== undefined)
      request.cert = await this.#files.read(certificate);
    if (key !== undefined) request.key = await this.#files.read(key);
    const given = await this.#credential?.read();
    if (given?.certificate !== undefined) {
      request.cert = given.certificate;
      request.key = given.key;
    }
    const token =
      this.#tokenFile === undefined
        ? given?.token
        : await this.#files.read(this.#tokenFile);
    if (token !== undefined)
      request.headers = {
        ...(request.headers as Record<string, string>),
        Authorization: `${BEARER}${token.trim()}`,
      };
  }
}

/** Data precede the file where both are given, as everywhere in Kubernetes. */
function namedFiles({ cluster, user }: CheckedContext['context']) {
  const named = (
    fields: Record<string, unknown>,
    name: string,
  ): string | undefined => {
    const path = fields[name];
    const hasData = Boolean(fields[`${name}-data`]);
    return typeof path === 'string' && path !== '' && !hasData
      ? path
      : undefined;
  };
  const ca = named(cluster, 'certificate-authority');
  const certificate = named(user, 'client-certificate');
  const key = named(user, 'client-key');
  return {
    ...(ca !== undefined && { ca }),
    ...(certificate !== undefined && { certificate }),
    ...(key !== undefined && { key }),
  };
}

/** Returns the text fields that name no file, no program and no issuer. */
function harmlessFields({ server, cluster, user }: CheckedContext['context']) {
  return {
    cluster: {
      server,
      // The client refuses plain HTTP without it; the transport has its own rules for that.
      'insecure-skip-tls-verify':
        cluster['insecure-skip-tls-verify'] === true || /^http:/i.test(server),
      ...textsOf(cluster, ['certificate-authority-data', 'tls-server-name']),
    },
    user: textsOf(user, [
      'token',
      'username',
      'password',
      'client-certificate-data',
      'client-key-data',
    ]),
  };
}

function textsOf(
  fields: Record<string, unknown>,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(name => {
      const value = fields[name];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );
}

/** Reads the credentials that the client put into the options of a request. */
function readRequest(request: RequestOptions): SignedIn {
  const headers = request.headers as Record<string, string> | undefined;
  const authorization = headers?.Authorization;
  const token = authorization?.startsWith(BEARER)
    ? authorization.slice(BEARER.length)
    : undefined;
  const [username, ...rest] = request.auth?.split(':') ?? [];
  return {
    skipTLSVerify: request.rejectUnauthorized === false,
    ...(token !== undefined && { token }),
    ...(token === undefined &&
      username !== undefined && {
        basic: { username, password: rest.join(':') },
      }),
    ...(request.ca && { ca: request.ca as string | Buffer }),
    ...(request.cert && { certificate: request.cert as string | Buffer }),
    ...(request.key && { key: request.key as string | Buffer }),
    ...(request.servername !== undefined && {
      tlsServerName: request.servername,
    }),
  };
}
