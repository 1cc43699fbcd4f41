export { type Directory, type DirectoryEntries, type KnownMicroCredential, directoryOf } from './directory.ts';
export { type Imported, type ImportedKind, type Listed, type ListedCode, type ProposedAgreement, type ProposedPathway, listedCodes } from './proposal.ts';
export { importStudy } from './study/import-study.ts';
export { type Study, readStudy } from './study/rows.ts';
export { importTransferGuide } from './transfer-guide/import-rows.ts';
export { type RawRow, type RowColumn, requiredColumns, rowColumns } from './transfer-guide/row.ts';
