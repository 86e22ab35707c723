/** What express keeps of a router. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  regexp?: RegExp;
  handle?: { stack?: Layer[] };
}

/**
 * Every route below a path of an express app, as `method /path`, however deep
 * the routers are: what is really served, whatever a document says of it.
 */
export function listRoutes(app: unknown, below: string): string[] {
  const { _router } = app as { _router: { stack: Layer[] } };
  return walk(_router.stack, '')
    .filter(([, path]) => path.startsWith(`${below}/`))
    .map(([method, path]) => `${method} ${path.slice(below.length)}`)
    .sort();
}

function walk(
  stack: readonly Layer[],
  prefix: string,
): Array<[string, string]> {
  return stack.flatMap(({ route, regexp, handle }) => {
    if (route)
      return Object.keys(route.methods).map((method): [string, string] => [
        method,
        prefix + route.path,
      ]);
    return walk(handle?.stack ?? [], prefix + mountPathOf(regexp));
  });
}

/** `/git` of `^\/git\/?(?=\/|$)`; nothing where a router is mounted everywhere. */
function mountPathOf(regexp: RegExp | undefined): string {
  const [, path = ''] =
    /^\^((?:\\\/[\w.-]+)*)/.exec(regexp?.source ?? '') ?? [];
  return path.replaceAll('\\/', '/');
}
