/** Packages of which one takes no other version than that of the other: https://react.dev/warnings/version-mismatch */
export const PAIRED_PACKAGES: readonly (readonly [string, string])[] = [
  ['react', 'react-dom'],
  ['@types/react', '@types/react-dom'],
];
