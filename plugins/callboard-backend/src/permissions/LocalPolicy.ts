import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';

/** The policy of the permission backend, where that runs in this process and the policy's module shares it. */
export interface LocalPolicy {
  /** Call it with the argument of `policyExtensionPoint.setPolicy`. */
  set(policy: PermissionPolicy): void;
  /** Undefined where the policy belongs to another process, or its module does not share it. */
  readonly policy: PermissionPolicy | undefined;
}

/**
 * Holds the policy that a module of the portal sets, for the other plugins of the
 * process, which then decide by it without a request over HTTP:
 *
 * ```ts
 * deps: { policy: policyExtensionPoint, localPolicy: localPolicyServiceRef },
 * async init({ policy, localPolicy }) {
 *   const mine = new MyPolicy();
 *   policy.setPolicy(mine);
 *   localPolicy.set(mine);
 * }
 * ```
 */
export const localPolicyServiceRef = createServiceRef<LocalPolicy>({
  id: 'callboard.local-policy',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory() {
        let policy: PermissionPolicy | undefined;
        return {
          set(given) {
            policy = given;
          },
          get policy() {
            return policy;
          },
        };
      },
    }),
});
