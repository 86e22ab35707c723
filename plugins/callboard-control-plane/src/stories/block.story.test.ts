import type {
  BlueprintFile,
  DriftPolicy,
} from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import {
  HAS_KUBERNETES,
  type Kubernetes,
  startKubernetes,
} from '../__testUtils__/startKubernetes';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(120_000);
const HOUR_MS = 60 * 60_000;
const PATIENCE = { timeoutMs: 30_000 };
if (!HAS_KUBERNETES)
  process.stderr.write(
    'Nothing was blocked on a real API server: set CALLBOARD_K8S_START and KUBEBUILDER_ASSETS\n',
  );

const version = (number: number, drift: DriftPolicy): BlueprintFile => ({
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Blueprint',
  metadata: { name: 'store' },
  spec: {
    version: number,
    state: 'active',
    drift,
    addons: [
      {
        name: 'offline',
        objects: [
          {
            apiVersion: 'v1',
            kind: 'Namespace',
            metadata: { name: 'store' },
          },
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'offline', namespace: 'store' },
            data: { days: '3' },
          },
        ],
      },
    ],
  },
});

(HAS_KUBERNETES ? describe : describe.skip)(
  'a blueprint that blocks, on a real API server',
  () => {
    let kubernetes: Kubernetes;
    let fleet: TestFleet;
    let aheadMs = 0;
    beforeAll(async () => {
      kubernetes = await startKubernetes({
        name: 'real-1',
        blueprint: 'store',
        livenessDeadlineMs: 100 * HOUR_MS, // the clock is set ahead
      });
      fleet = await TestFleet.create({
        clusters: [],
        deps: {
          intervals: { resyncMs: 1_000 },
          clock: { now: () => new Date(Date.now() + aheadMs) },
          clusterSources: [
            { name: 'real', listClusters: async () => [kubernetes.cluster] },
          ],
        },
      });
    });
    afterAll(async () => {
      await fleet?.close();
      await kubernetes?.stop();
    });

    const write = (...blueprints: BlueprintFile[]) => {
      fleet.platform = { ...fleet.platform, blueprints };
    };
    const change = (days: string) =>
      kubernetes.kubectl(
        'patch',
        'configmap',
        'offline',
        '--namespace=store',
        '--patch',
        JSON.stringify({ data: { days } }),
      );
    const days = () =>
      kubernetes.kubectl(
        'get',
        'configmap',
        'offline',
        '--namespace=store',
        '--output=jsonpath={.data.days}',
      );
    const changes = async () => {
      const read = await fleet.controlPlane.getBlueprintVersion({
        blueprint: 'store',
        version: 1,
      });
      return read.ok ? read.value.clusters[0]?.changes : read.problem;
    };
    const refuses = (days_: string) =>
      eventually(async () => {
        expect(await change(days_)).toContain(
          'ConfigMap "offline" belongs to version 1 of the blueprint store, and is not changed by hand. Change the blueprint and roll it out, or ask the platform team for an exception from store for real-1',
        );
      }, PATIENCE);

    it('refuses an administrator, lets through by exception, and refuses again after it', async () => {
      write(version(1, 'BlockAndNotify'));
      await eventually(async () => expect(await days()).toBe('3'), PATIENCE);
      await refuses('4');
      await eventually(async () => {
        expect(await changes()).toBe('changes by others are refused');
      }, PATIENCE);
      expect(
        await kubernetes.kubectl('delete', 'namespace', 'store'),
      ).toContain('Namespace "store" belongs to version 1');
      // Nobody takes it out of the blueprint's hands by its label.
      expect(
        await kubernetes.kubectl(
          'label',
          'namespace',
          'store',
          'callboard.dev/blueprint-',
        ),
      ).toContain('is not changed by hand');
      // What is not the blueprint's is free, and so are components of Kubernetes.
      expect(
        await kubernetes.kubectl('create', 'namespace', 'other'),
      ).toContain('created');
      expect(
        await kubernetes.kubectl(
          'annotate',
          'configmap',
          'offline',
          '--namespace=store',
          'seen=yes',
          '--as=system:serviceaccount:kube-system:namespace-controller',
          '--as-group=system:serviceaccounts:kube-system',
        ),
      ).toContain('annotated');

      const made = await fleet.controlPlane.createException({
        blueprint: 'store',
        target: 'real-1',
        until: new Date(Date.now() + HOUR_MS).toISOString(),
        why: 'The till is repaired by hand',
        actor: 'user:default/petra',
      });
      expect(made.ok || made.problem).toBe(true);
      await eventually(async () => {
        const answer = await change('5');
        expect(answer).toContain('configmap/offline patched');
        expect(answer).toMatch(
          /Warning: .*It is let through until .* by an exception of user:default\/petra/,
        );
      }, PATIENCE);
      expect(await days()).toBe('5');
      expect(await changes()).toMatch(
        /^changes by others are let through until /,
      );

      // Under an exception nothing is put back; it ends by itself: what was changed is put back, and nothing more is let through.
      aheadMs = 2 * HOUR_MS;
      await eventually(async () => expect(await days()).toBe('3'), PATIENCE);
      await refuses('6');
      await eventually(async () => expect(await days()).toBe('3'), PATIENCE);
    });

    it('takes its admission policy away with the version that blocks no more', async () => {
      write(version(1, 'BlockAndNotify'), version(2, 'DetectAndNotify'));
      await eventually(async () => {
        const started = await fleet.controlPlane.startBlueprintRollout({
          blueprint: 'store',
          version: 2,
          why: 'Stores change it themselves',
          strategy: { type: 'All', all: { minSuccessTime: '0s' } },
          actor: 'user:default/petra',
        });
        expect(started.ok || started.problem).toBe(true);
      }, PATIENCE);
      await eventually(async () => {
        expect(await change('7')).toContain('patched');
        expect(
          await kubernetes.kubectl('get', 'validatingadmissionpolicies'),
        ).not.toContain('callboard-blueprint-store');
      }, PATIENCE);
      expect(await days()).toBe('7');
    });
  },
);
