export interface MenuItem {
  readonly name: string;
  readonly cents: number;
}

export const menu: readonly MenuItem[] = [
  { name: 'Rye loaf', cents: 540 },
  { name: 'Cinnamon bun', cents: 320 },
];
