import {
  type ServiceFactory,
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { StartedPart } from './describeStartFailure';

/** Backstage's message about a part whose failure ends the start. */
const FAILED =
  /^(?:Module (?<module>\S+) in )?Plugin '(?<plugin>[^']+)' (?:threw an error|reported failure for module '(?<late>[^']+)') during startup(?!, but boot failure is permitted)/;

/**
 * Calls `onFailed` as soon as the first part of the backend fails to start.
 *
 * Backstage rejects the start only when every other plugin has started, seconds
 * later; its log has the failure at once. If Backstage changes the message,
 * failures are reported later, as without this.
 */
export function startFailuresServiceFactory(
  onFailed: (part: StartedPart) => void,
): ServiceFactory {
  return createServiceFactory({
    service: createServiceRef<object>({
      id: 'callboard.start-failures',
      scope: 'root',
    }),
    initialization: 'always', // before the first part is started
    deps: { rootLogger: coreServices.rootLogger },
    factory({ rootLogger }) {
      let hasFailed = false;
      const hear = (message: string, error: unknown) => {
        const part = readPart(message, error);
        if (!part || hasFailed) return;
        hasFailed = true;
        onFailed(part);
      };
      const child = rootLogger.child.bind(rootLogger);
      rootLogger.child = meta => {
        const logger = child(meta);
        if (meta.type !== 'initialization') return logger;
        const notify = logger.error.bind(logger);
        logger.error = (message, error) => {
          notify(message, error);
          hear(message, error);
        };
        return logger;
      };
      return {};
    },
  });
}

function readPart(message: string, error: unknown): StartedPart | undefined {
  const groups = FAILED.exec(message)?.groups;
  if (!groups || !(error instanceof Error)) return undefined;
  const failure = { error };
  const moduleId = groups.module ?? groups.late;
  return {
    pluginId: groups.plugin,
    ...(moduleId ? { modules: [{ moduleId, failure }] } : { failure }),
  };
}
