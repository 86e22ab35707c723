/**
 * Of esbuild: what is this repository's own becomes one file; packages stay
 * where they are, so that the file must lie below the folder that holds them.
 */
export const ownCodeOnly = {
  name: 'own code only',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ kind, path }) =>
      kind === 'entry-point' || path.startsWith('@callboard/')
        ? undefined
        : { path, external: true },
    );
  },
};
