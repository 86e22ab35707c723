import { nameCluster } from '@callboard/plugin-callboard-common';
import { namesInWhatIf } from './countWhatIf';
import type { Answers } from './readAnswers';

/** Texts with digits that are no numbers: names, addresses, what people and apps wrote. */
export function namesIn({
  host,
  clusters,
  apps,
  journal,
  releases,
  audit,
  placements,
  histories,
  logs,
  objects,
  timelines,
  whatIfs,
  kept,
  databases = '',
}: Answers): string[] {
  return [
    host,
    databases,
    // What output is looked back to.
    'Last 15 minutes',
    'Last 24 hours',
    ...clusters.flatMap(
      ({ name, title, blueprint, claims, labels, health, scheduling }) => [
        health.message,
        ...(blueprint ? [`${blueprint.name} ${blueprint.version}`] : []),
        ...(scheduling.state === 'draining'
          ? scheduling.left.map(({ message }) => message)
          : []),
        nameCluster({ name, title }),
        title,
        name,
        ...[...Object.entries(labels), ...Object.entries(claims)].flatMap(
          ([key, value]) => [value, `${key}=${value}`],
        ),
      ],
    ),
    ...apps.flatMap(({ name, title, environments, build }) => [
      name,
      title,
      ...(build ? [build.message, build.problem?.why ?? ''] : []),
      ...environments.flatMap(
        ({ url: own = '', clusters: places, findings }) => [
          ...[own, ...places.flatMap(({ urls }) => urls)].map(url =>
            url.replace(/^https?:\/\//, ''),
          ),
          ...findings.flatMap(({ what, next, evidence }) => [
            what,
            next,
            ...evidence.map(({ label, value }) => `${label} | ${value}`),
          ]),
        ],
      ),
    ]),
    ...[journal, ...Object.values(histories)]
      .flat()
      .flatMap(({ message, why }) => [message, why ?? '']),
    ...Object.values(logs)
      .flat()
      .flatMap(({ instance, text }) => [instance, text.trim()]),
    ...Object.values(objects).flatMap(({ command, namespace, ...view }) => [
      command,
      namespace,
      ...view.objects.flatMap(({ name, health }) => [
        name,
        health?.message ?? '',
      ]),
      ...view.events.flatMap(({ message, object }) => [message, object]),
    ]),
    ...Object.values(timelines)
      .flatMap(({ lanes }) => lanes)
      .flatMap(({ bars }) => bars)
      .flatMap(({ cause, marks }) => [
        cause,
        ...marks.map(({ reason }) => reason),
      ]),
    ...Object.values(whatIfs).flatMap(namesInWhatIf),
    ...Object.values(kept)
      .flat()
      .flatMap(({ cluster, resources }) => [
        cluster,
        ...resources.map(({ name }) => name),
      ]),
    ...Object.values(releases)
      .flat()
      .flatMap(({ message, revision }) => [
        message,
        `| ${revision.slice(0, 7)}`,
      ]),
    ...Object.values(placements)
      .flatMap(({ verdicts }) => verdicts)
      .flatMap(({ reasons, remedy }) => [
        remedy ?? '',
        ...reasons.map(({ message }) => message),
      ]),
    ...audit.items.map(({ explanation }) => explanation),
  ];
}
