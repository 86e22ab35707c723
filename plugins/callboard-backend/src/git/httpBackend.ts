import { join } from 'node:path';
import type {
  GitRepositories,
  Program,
} from '@callboard/plugin-callboard-git-node';

export interface HttpBackendCall {
  /** The app of the repository; when omitted, an empty repository for everyone. */
  app?: string;
  method: 'GET' | 'POST';
  /** `/info/refs`, `/git-receive-pack`, `/git-upload-pack`. */
  path: string;
  query?: string;
  contentType?: string;
  contentEncoding?: string;
  /** The request's Git-Protocol header. */
  protocol?: string;
  /** Entity reference, for git's own logs. */
  user: string;
  env?: Record<string, string>;
  /** For hooks, which inherit it from git. */
  hasSideChannel?: boolean;
  config: Record<string, string>;
}

/** Starts `git http-backend` for one request (CGI, RFC 3875). No part of the request becomes an argument. */
export function startHttpBackend(
  repositories: GitRepositories,
  call: HttpBackendCall,
): Program {
  const protocol =
    call.protocol && /^version=[0-2]$/.test(call.protocol)
      ? call.protocol
      : undefined;
  return repositories.start(repositories.git, ['http-backend'], {
    cwd: repositories.folder,
    hasSideChannel: call.hasSideChannel,
    env: {
      ...repositories.environment({
        'http.receivepack': 'true',
        'http.uploadpack': 'true',
        'transfer.hideRefs': 'refs/callboard', // kept revisions and staged commits are internal
        'receive.fsckObjects': 'true', // refuses trees with "..", ".git" or twice the same name
        'receive.fsck.zeroPaddedFilemode': 'ignore', // harmless, and common in old histories
        'receive.fsck.badTimezone': 'ignore',
        'receive.autogc': 'false',
        'receive.advertiseAtomic': 'true',
        ...call.config,
      }),
      ...call.env,
      GATEWAY_INTERFACE: 'CGI/1.1',
      REQUEST_METHOD: call.method,
      PATH_INFO:
        call.app === undefined
          ? `/empty.git${call.path}`
          : `/${call.app}.git${call.path}`,
      GIT_PROJECT_ROOT:
        call.app === undefined
          ? repositories.folder
          : join(repositories.folder, 'apps'),
      GIT_HTTP_EXPORT_ALL: '1',
      QUERY_STRING: call.query ?? '',
      CONTENT_TYPE: call.contentType ?? '',
      REMOTE_USER: call.user,
      REMOTE_ADDR: 'callboard',
      ...(call.contentEncoding === 'gzip' && { HTTP_CONTENT_ENCODING: 'gzip' }),
      ...(protocol && { GIT_PROTOCOL: protocol }),
    },
  });
}
