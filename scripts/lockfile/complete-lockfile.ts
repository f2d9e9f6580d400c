/** The part of `package-lock.json` that matters here (lockfile version 3). */
export interface Lockfile {
  readonly packages: Record<string, LockedPackage>;
}

export interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface MissingPackage {
  /** Where it belongs in the lock file. */
  readonly location: string;
  readonly version: string;
  readonly dev: boolean;
}

/**
 * The optional packages that the lock file speaks of and does not list. `npm install` leaves out what its registry does
 * not have at that moment (binaries for other platforms, in a mirror that keeps only some), and `npm ci` then refuses
 * the whole file, on every platform.
 */
export function findMissingPackages(lockfile: Lockfile): readonly MissingPackage[] {
  const missing = new Map<string, MissingPackage>();
  for (const [location, locked] of Object.entries(lockfile.packages)) {
    for (const [name, version] of Object.entries(locked.optionalDependencies ?? {})) {
      if (!/^\d+\.\d+\.\d+/.test(version)) continue;
      if (findLocked(lockfile, location, name)?.version === version) continue;
      const place = placeFor(lockfile, location, name);
      missing.set(place, { location: place, version, dev: locked.dev === true });
    }
  }
  return [...missing.values()];
}

/**
 * Adds the missing ones as packages for the platform in their name, so that npm leaves them alone elsewhere. They have no
 * checksum: on such a platform npm takes the registry's own until `npm install` is run there.
 */
export function completeLockfile(lockfile: Lockfile): Lockfile {
  const packages = { ...lockfile.packages };
  for (const { location, version, dev } of findMissingPackages(lockfile)) {
    packages[location] = {
      version,
      ...platformOf(location),
      ...(dev ? { dev: true } : {}),
      optional: true,
    };
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...lockfile, packages: Object.fromEntries(sorted) };
}

/** Node's rule: the nearest `node_modules` upwards. */
function findLocked(lockfile: Lockfile, from: string, name: string): LockedPackage | undefined {
  for (const folder of foldersUpwards(from)) {
    const found = lockfile.packages[`${folder}node_modules/${name}`];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** At the top where that is free, else beside the package that wants it. */
function placeFor(lockfile: Lockfile, from: string, name: string): string {
  const parents = foldersUpwards(from).reverse();
  const free = parents.find((folder) => lockfile.packages[`${folder}node_modules/${name}`] === undefined);
  const nested = /\/node_modules\/(?:@[^/]+\/)?[^/]+$/.test(from);
  // A package that is itself nested has another version at the top: its binaries belong beside it.
  const beside = nested ? from.slice(0, from.lastIndexOf('/node_modules/') + 1) : (free ?? '');
  return `${beside}node_modules/${name}`;
}

function foldersUpwards(from: string): string[] {
  const folders: string[] = [];
  for (let folder = from; folder !== ''; ) {
    folders.push(`${folder}/`);
    const parent = folder.lastIndexOf('/node_modules/');
    folder = parent === -1 ? '' : folder.slice(0, parent);
  }
  return [...folders, ''];
}

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64'];

function platformOf(location: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = location.slice(location.lastIndexOf('/') + 1).split('-');
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  if (os.length !== 1 || cpu.length !== 1) {
    throw new TypeError(`${location}: its name says no platform; add it to package-lock.json by hand`);
  }
  if (os[0] !== 'linux') return { os, cpu };
  return { os, cpu, libc: [words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'] };
}
