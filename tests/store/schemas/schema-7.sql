-- A database of schema 7 with invented incidents, as SQLite's iterdump wrote it; never to be changed.
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
BEGIN TRANSACTION;
CREATE TABLE actor (
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	part_of TEXT, 
	sensitivity TEXT, 
	note TEXT, 
	PRIMARY KEY ("key")
);
INSERT INTO "actor" VALUES('guard','{"en":"River Guard","es":"Guardia del Río"}','state-forces',NULL,NULL,NULL);
INSERT INTO "actor" VALUES('column','{"es":"La Columna"}','rebel-group',NULL,NULL,NULL);
CREATE TABLE actor_alias (
	actor TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	alias TEXT NOT NULL, 
	PRIMARY KEY (actor, position), 
	FOREIGN KEY(actor) REFERENCES actor ("key")
);
INSERT INTO "actor_alias" VALUES('guard',0,'GR');
CREATE TABLE attachment_content (
	sha256 TEXT NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (sha256)
);
CREATE TABLE case_file (
	"key" TEXT NOT NULL, 
	title TEXT NOT NULL, 
	type TEXT NOT NULL, 
	summary TEXT, 
	from_day TEXT, 
	until_day TEXT, 
	phases TEXT, 
	sources TEXT, 
	PRIMARY KEY ("key")
);
INSERT INTO "case_file" VALUES('valley-war','{"en":"Valley war","es":"Guerra del valle"}','armed-conflict',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE change (
	number INTEGER NOT NULL, 
	office INTEGER, 
	office_number INTEGER, 
	author TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	arrived_at TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	subjects INTEGER NOT NULL, 
	root BLOB, 
	office_seal BLOB, 
	seal BLOB, 
	PRIMARY KEY (number), 
	UNIQUE (office, office_number), 
	FOREIGN KEY(office) REFERENCES office (number)
);
INSERT INTO "change" VALUES(1,1,1,'willay','2024-01-01T00:00:01.000000Z','2024-01-01T00:00:01.000000Z','installed',4,X'0DAB1BD42791497659B6FDF21F69B9B95338DC6730E3355908A546A763A9E850',X'0AD3AFE89DFF674614DD6F896E23492045CF998E8AA2549820E7109C974D254C',X'2B4FE0DD5F272D469759E196D568395131320DA42D185438CEC39C2817E402AF');
INSERT INTO "change" VALUES(2,1,2,'willay','2024-01-01T00:00:02.000000Z','2024-01-01T00:00:02.000000Z','installed',3,X'4C5950B84A8323A3AA0AC6F56F18F293614AF1BB89B0640BCDA0613378468EF1',X'AC5CF6A89572D64BB065857E381EF116CE7EC26031D1F3B981551B9A9B46CA1E',X'8706F4CBD68C7F5CFDD00147B6E3D061DA45DB2B25AD6A87898B163D89A62083');
INSERT INTO "change" VALUES(3,1,3,'willay','2024-01-01T00:00:03.000000Z','2024-01-01T00:00:03.000000Z','installed',2,X'99431F4445A4C7278C93D7E54EBD9DFC88213C3F8120821E69E70AF2F6A272C8',X'32B19F845B15A3778DC638AABB06CDD3C32EB441F40033D934DF3458C06B443D',X'6C5D84936A70C518904B221A75A3EEB17C32DDA88D009B44CD412957568C631C');
INSERT INTO "change" VALUES(4,1,4,'ana','2024-01-01T00:00:04.000000Z','2024-01-01T00:00:04.000000Z','first entry',10,X'7FC332F34207F9E6955612EFA284B5D9BA7841D0FE70BD6E668FC9FBB4151B36',X'93D38CF602D6512AF0035D1DD39E315DC9F311381F6B71BF646894A7813BE7EE',X'41520440BBC3EFC0F24E065C84C342A3F0E672ADC22AC2D813856FE6EEC015F2');
INSERT INTO "change" VALUES(5,1,5,'luz','2024-01-01T00:00:05.000000Z','2024-01-01T00:00:05.000000Z','better words',1,X'3E0246A030D3DBF732766CB4509493296CB39FDD223A586B0800B2DFB26E11A1',X'C6DFC8AF245E16D4F4E295E9832F61C5F57B0EE689464813814E4937CC0C3BA0',X'846659811DD7F60E7EB98A0BA293C8BFF24D7B62C9500EEF9776274339630EDB');
INSERT INTO "change" VALUES(6,1,6,'luz','2024-01-01T00:00:06.000000Z','2024-01-01T00:00:06.000000Z','never happened',1,X'FC6780EDEEDA337491D30BAC6E542145D2AA299262088B5B312D7211B8A80CDE',X'0C797A2F02AE17222084B230B16E37B2F4958E863E2BA94BB157C19A90FA0AC8',X'864C0A7D34947AE73A7BBF0E2D8CE1974ECA7E87B1DC67F14F96AF5CEF55F25D');
CREATE TABLE claim (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	measure TEXT NOT NULL, 
	"group" TEXT NOT NULL, 
	low INTEGER, 
	best INTEGER, 
	high INTEGER, 
	source TEXT NOT NULL, 
	attributed_to TEXT, 
	attributed_kind TEXT, 
	stated_on TEXT, 
	scope TEXT, 
	note TEXT, 
	zero_is_unknown BOOLEAN NOT NULL, 
	pinned TEXT, 
	label TEXT, 
	supersedes TEXT, 
	adds BOOLEAN, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(source) REFERENCES source ("key"), 
	FOREIGN KEY(incident) REFERENCES incident (fid)
);
INSERT INTO "claim" VALUES(2,0,'killed','all',3,3,3,'daily',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "claim" VALUES(1,0,'abducted','all',36,36,36,'ombudsman',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "claim" VALUES(1,1,'killed','all',5,5,5,'ombudsman',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "claim" VALUES(1,2,'killed','all',8,8,8,'daily','A witness',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
CREATE TABLE dataset (
	name TEXT NOT NULL, 
	version TEXT, 
	licence TEXT, 
	attribution TEXT, 
	may_publish BOOLEAN, 
	PRIMARY KEY (name)
);
CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
    );
INSERT INTO "gpkg_contents" VALUES('incidents','features','incidents','One row for each incident','2024-01-01T00:00:06.000000Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('regions','features','regions','Versions of regions','2024-01-01T00:00:06.000000Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('claims','attributes','claims','What sources say','2024-01-01T00:00:06.000000Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('sources','attributes','sources','Documents','2024-01-01T00:00:06.000000Z',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
        z TINYINT NOT NULL, m TINYINT NOT NULL,
        CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
    );
INSERT INTO "gpkg_geometry_columns" VALUES('incidents','geom','GEOMETRY',4326,0,0);
INSERT INTO "gpkg_geometry_columns" VALUES('regions','geom','GEOMETRY',4326,0,0);
CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
    );
INSERT INTO "gpkg_spatial_ref_sys" VALUES('Undefined Cartesian SRS',-1,'NONE',-1,'undefined','undefined Cartesian coordinate reference system');
INSERT INTO "gpkg_spatial_ref_sys" VALUES('Undefined geographic SRS',0,'NONE',0,'undefined','undefined geographic coordinate reference system');
INSERT INTO "gpkg_spatial_ref_sys" VALUES('WGS 84 geodetic',4326,'EPSG',4326,'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]','longitude and latitude in degrees on the WGS 84 ellipsoid');
CREATE TABLE import_row (
	dataset TEXT NOT NULL, 
	external_id TEXT NOT NULL, 
	incident INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	said TEXT, 
	theirs TEXT, 
	mark BLOB NOT NULL, 
	PRIMARY KEY (dataset, external_id), 
	FOREIGN KEY(dataset) REFERENCES dataset (name), 
	FOREIGN KEY(incident) REFERENCES incident (fid)
)
 WITHOUT ROWID

;
CREATE TABLE incident (
	fid INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	is_translated BOOLEAN NOT NULL, 
	names_codes BOOLEAN NOT NULL, 
	document BLOB NOT NULL, 
	geom GEOMETRY, 
	code TEXT NOT NULL, 
	"key" TEXT, 
	title TEXT NOT NULL, 
	summary TEXT, 
	type TEXT NOT NULL, 
	subtype TEXT, 
	first_day DATE, 
	last_day DATE, 
	date_precision TEXT, 
	place_name TEXT, 
	place_precision TEXT, 
	radius_m DOUBLE, 
	country TEXT, 
	admin_code TEXT, 
	adm1 TEXT, 
	adm2 TEXT, 
	adm3 TEXT, 
	region TEXT, 
	place_count INTEGER NOT NULL, 
	killed_low INTEGER, 
	killed_best INTEGER, 
	killed_high INTEGER, 
	killed_source TEXT, 
	injured_low INTEGER, 
	injured_best INTEGER, 
	injured_high INTEGER, 
	injured_source TEXT, 
	detained_low INTEGER, 
	detained_best INTEGER, 
	detained_high INTEGER, 
	detained_source TEXT, 
	missing_low INTEGER, 
	missing_best INTEGER, 
	missing_high INTEGER, 
	missing_source TEXT, 
	abducted_low INTEGER, 
	abducted_best INTEGER, 
	abducted_high INTEGER, 
	abducted_source TEXT, 
	released_low INTEGER, 
	released_best INTEGER, 
	released_high INTEGER, 
	released_source TEXT, 
	escaped_low INTEGER, 
	escaped_best INTEGER, 
	escaped_high INTEGER, 
	escaped_source TEXT, 
	rescued_low INTEGER, 
	rescued_best INTEGER, 
	rescued_high INTEGER, 
	rescued_source TEXT, 
	displaced_low INTEGER, 
	displaced_best INTEGER, 
	displaced_high INTEGER, 
	displaced_source TEXT, 
	actors TEXT, 
	source_count INTEGER NOT NULL, 
	source_kinds TEXT, 
	cases TEXT, 
	tags TEXT, 
	part_of TEXT, 
	counted BOOLEAN NOT NULL, 
	status TEXT NOT NULL, 
	confidence TEXT, 
	dataset TEXT, 
	revision INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	sensitivity TEXT, 
	assigned_to TEXT, 
	PRIMARY KEY (fid), 
	UNIQUE (code), 
	UNIQUE ("key"), 
	FOREIGN KEY(part_of) REFERENCES incident (code), 
	FOREIGN KEY(dataset) REFERENCES dataset (name), 
	UNIQUE (id)
);
INSERT INTO "incident" VALUES(1,'018cc252-03a0-7894-acd4-94a2c00b0e93',0,0,X'78BB32DF413C8D97C172832010865F85C9B9A488D0C23107EFBE0282499D5133A3B119A79377CF6228D296506F0CE3B02BFFEEBF1F5E9CB20079328A0185B2A84A9F70F1F58CAFE0593185F2B7B844767FD1C82ED66BF2C4105CD4B9AB263376AADFA0028F47E32E184F4BB22DD22F9EDA1DD0B5B9F4F5387A5717F12C84CB42A4B330AA69E77FAA22605E47BB61AD94C58642B0A2324CE4EBF73263BE322AB0F1656A4638C41E804C733CD603AA66D7378FB91FB3687D6EA7AE8F525460D0A7490D66FDE8A206409A2467114124A17F7FDBF116DD738F5CF99E786F2E5A542EA093C0AF97AFA787B2E0D0D5F0819EC0478034524CF7CCCDDDC3E6A446DB403F1BF280F487EAA1D1D1633F70D5A5516C98D55385D6948394B922F85D480613CF302C99A29A908AD432DFDDEE8365391C',X'47500001E6100000010100000000000000004052C000000000000029C0','PE-2012-0001','bridge','A changed title',NULL,'abduction',NULL,'2012-04-09','2012-04-14','day','El Puente','settlement',2000.0,'PE','080902','Cusco','La Convención','Echarate',NULL,2,5,5,8,'ombudsman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,36,36,36,'ombudsman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'La Columna; Guardia del Río',2,'ombudsman; press','valley-war','gas',NULL,1,'published','medium',NULL,20,'2024-01-01T00:00:05.000000Z',NULL,NULL);
INSERT INTO "incident" VALUES(2,'018cc252-03a0-7d8a-904c-4fff579bc28f',0,1,X'78BB32DF413C83474E802B307A0C8D74814D21239458428F0A63EC51610C8D0A63FC81919298995349644804B812E14D90934D740D416E463417913C032A6350723D8AE9D04ADB48CF045E6F1BEB213238B0B604A61B60CD8256AF811B82B5B178DB9C89B949A5C51928410F52E89A9B945F9C9C9892A8909AA79093A8900F319F5036B2484E3632057AC838D140D73CC52251D7D2C02459D7242D2DCDD4DC3229D9C8224DA91600C6C58CA9',X'47500001E6100000010100000066666666664652C0CDCCCCCCCCCC28C0','PE-2012-0002',NULL,'Emboscada en la orilla',NULL,'armed-clash','ambush','2012-04-12','2012-04-12','day','La Orilla','near',25000.0,'PE',NULL,'Este',NULL,NULL,NULL,1,3,3,3,'daily',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'press',NULL,NULL,'PE-2012-0001',0,'draft',NULL,NULL,17,'2024-01-01T00:00:04.000000Z',NULL,NULL);
INSERT INTO "incident" VALUES(3,'018cc252-03a0-772f-84a6-5934fc297767',0,0,X'78BB32DF413C83474E802B307A0C8D74814D21639458823B2CC0157FA109B517648605DCEAF20C607AD305860EA84186AB2A05AB47B3089AC55C8BC165388A3F11AD2CB45C959298995389929D8A524B8A12C12D13A420280537980220CD8F4485D43C85D41C508A4E454ACCB0C60922215B24271B9902FD669C68A06B6E6E94A66B619268A66B6A696C92966C64696E6E66AE540B00DF5B677F',X'47500003E610000000000000008052C000000000000052C00000000000002CC000000000000024C00103000000010000000500000000000000000052C00000000000002CC000000000000052C000000000000024C000000000008052C000000000000024C000000000008052C00000000000002CC000000000000052C00000000000002CC0','PE-2012-0003','whole-east','Protesta en el este',NULL,'protest',NULL,'2012-08-01','2012-08-31','month','Este','department',NULL,'PE','08','Cusco',NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'press',NULL,NULL,NULL,1,'retracted',NULL,NULL,21,'2024-01-01T00:00:06.000000Z',NULL,NULL);
INSERT INTO "incident" VALUES(4,'018cc252-03a0-7c2d-88d8-adb6439605fa',0,0,X'78BB32DF413C83474E80AB2EB0156400220C516209EEB00057B881A57920DB53F037BAA09538B2DD2085C1C0149606AC6E1215F23215724AD3816520220D8113B32E2C3411A9C82239D9C8D448D7C038D140D73CD92845D7C222C542373125C9CCC4D8D2CCC0340D580C0000C67A3DE5',NULL,'PE-0000-0001','undated','Sin fecha ni lugar',NULL,'state-measure','arrest',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,1,'draft',NULL,NULL,19,'2024-01-01T00:00:04.000000Z',NULL,NULL);
CREATE TABLE indicator (
	number INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	area TEXT NOT NULL, 
	year INTEGER, 
	value DOUBLE NOT NULL, 
	unit TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	source TEXT NOT NULL, 
	note TEXT, 
	PRIMARY KEY (number), 
	FOREIGN KEY(source) REFERENCES source ("key")
);
INSERT INTO "indicator" VALUES(1,'population','units/west',2012,1000.0,'people','Census','daily',NULL);
CREATE TABLE link (
	incident INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	ref TEXT NOT NULL, 
	role TEXT, 
	PRIMARY KEY (incident, kind, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid)
)
 WITHOUT ROWID

;
INSERT INTO "link" VALUES(1,'actor',0,'column','initiator');
INSERT INTO "link" VALUES(1,'actor',1,'guard','target');
INSERT INTO "link" VALUES(1,'case',0,'valley-war',NULL);
INSERT INTO "link" VALUES(1,'source',0,'ombudsman',NULL);
INSERT INTO "link" VALUES(1,'source',1,'daily',NULL);
INSERT INTO "link" VALUES(1,'tag',0,'gas',NULL);
INSERT INTO "link" VALUES(2,'source',0,'daily',NULL);
INSERT INTO "link" VALUES(3,'source',0,'daily',NULL);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('country','PE');
INSERT INTO "meta" VALUES('created_at','2024-01-01T00:00:01.000000Z');
INSERT INTO "meta" VALUES('disclosure_key','2f169f9b4e6a1024752209cd5410ebb84959eee0ac73c29a04c23bd524c12f81');
INSERT INTO "meta" VALUES('fields','ActorDraft.aliases ActorDraft.key ActorDraft.kind ActorDraft.name ActorDraft.note ActorDraft.part_of ActorDraft.sensitivity AttachmentDraft.caption AttachmentDraft.media_type AttachmentDraft.name AttachmentDraft.sensitivity AttachmentDraft.sha256 AttachmentDraft.size CaseDraft.from_day CaseDraft.key CaseDraft.phases CaseDraft.sources CaseDraft.summary CaseDraft.title CaseDraft.type CaseDraft.until_day ClaimDraft.adds ClaimDraft.attributed_kind ClaimDraft.attributed_to ClaimDraft.best ClaimDraft.group ClaimDraft.high ClaimDraft.label ClaimDraft.low ClaimDraft.measure ClaimDraft.note ClaimDraft.pinned ClaimDraft.scope ClaimDraft.source ClaimDraft.stated_on ClaimDraft.supersedes ClaimDraft.zero_is_unknown IncidentDraft.assigned_to IncidentDraft.attachments IncidentDraft.cases IncidentDraft.claims IncidentDraft.confidence IncidentDraft.country IncidentDraft.dataset IncidentDraft.dataset_id IncidentDraft.date_precision IncidentDraft.days IncidentDraft.key IncidentDraft.notes IncidentDraft.original IncidentDraft.part_of IncidentDraft.parties IncidentDraft.places IncidentDraft.sensitivity IncidentDraft.sources IncidentDraft.status IncidentDraft.subtype IncidentDraft.summary IncidentDraft.tags IncidentDraft.title IncidentDraft.type IndicatorDraft.area IndicatorDraft.by IndicatorDraft.name IndicatorDraft.note IndicatorDraft.source IndicatorDraft.unit IndicatorDraft.value IndicatorDraft.year PartyDraft.actor PartyDraft.note PartyDraft.role PhaseDraft.from_day PhaseDraft.note PhaseDraft.phase PhaseDraft.source PhaseDraft.state PlaceDraft.admin_code PlaceDraft.coordinate_source PlaceDraft.country PlaceDraft.gazetteer_id PlaceDraft.lat PlaceDraft.lon PlaceDraft.name PlaceDraft.note PlaceDraft.precision PlaceDraft.radius_m PlaceDraft.region PlaceDraft.sensitivity SourceDraft.accessed_on SourceDraft.archive_url SourceDraft.attachments SourceDraft.key SourceDraft.kind SourceDraft.language SourceDraft.licence SourceDraft.note SourceDraft.published_on SourceDraft.publisher SourceDraft.reliability SourceDraft.sensitivity SourceDraft.title SourceDraft.url');
INSERT INTO "meta" VALUES('policy','ranked-source');
INSERT INTO "meta" VALUES('review','one-person');
INSERT INTO "meta" VALUES('schema_version','7');
INSERT INTO "meta" VALUES('willay_version','0.1.0');
CREATE TABLE office (
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id)
);
INSERT INTO "office" VALUES(1,'uwspab5lytp6d2yz62c67xuuzi');
CREATE TABLE place (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	adm1 TEXT, 
	adm2 TEXT, 
	adm3 TEXT, 
	region_fid INTEGER, 
	name TEXT NOT NULL, 
	precision TEXT NOT NULL, 
	lon DOUBLE, 
	lat DOUBLE, 
	radius_m DOUBLE, 
	country TEXT NOT NULL, 
	admin_code TEXT, 
	region TEXT, 
	sensitivity TEXT, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(region_fid) REFERENCES region (fid)
);
INSERT INTO "place" VALUES(2,0,'Este',NULL,NULL,NULL,'La Orilla','near',-73.1,-12.4,NULL,'PE',NULL,NULL,NULL);
INSERT INTO "place" VALUES(1,0,'Cusco','La Convención','Echarate',NULL,'El Puente','settlement',-73.0,-12.5,NULL,'PE','080902',NULL,NULL);
INSERT INTO "place" VALUES(1,1,'Este',NULL,NULL,NULL,'La Orilla','settlement',-73.1,-12.4,NULL,'PE',NULL,NULL,NULL);
INSERT INTO "place" VALUES(3,0,'Cusco',NULL,NULL,2,'Este','department',NULL,NULL,NULL,'PE','08',NULL,NULL);
CREATE VIRTUAL TABLE place_box USING rtree (incident, west, east, south, north);
INSERT INTO "place_box" VALUES(2,-7.31000061035156249982e+01,-73.0999984741211,-1.24000015258789062497e+01,-1.23999996185302734379e+01);
INSERT INTO "place_box" VALUES(1,-73.0,-73.0,-12.5,-12.5);
INSERT INTO "place_box" VALUES(3,-74.0,-72.0,-14.0,-10.0);
CREATE TABLE region (
	fid INTEGER NOT NULL, 
	set_name TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	name_es TEXT, 
	name_en TEXT, 
	kind TEXT, 
	valid_from DATE, 
	valid_until DATE, 
	reason TEXT, 
	replaces TEXT, 
	decree TEXT, 
	citation TEXT, 
	url TEXT, 
	working_outline BOOLEAN, 
	outline_note TEXT, 
	admin_code TEXT, 
	definition TEXT, 
	attribution TEXT, 
	licence TEXT, 
	geometry GEOMETRY, 
	PRIMARY KEY (fid), 
	UNIQUE (set_name, "key", version)
);
INSERT INTO "region" VALUES(1,'units','west',1,'Oeste','West','department',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'15',NULL,'Survey of Nowhere','CC0-1.0',X'47500003E610000000000000000053C000000000008052C00000000000002CC000000000000024C00103000000010000000700000000000000000053C000000000000024C000000000008052C000000000000024C000000000008052C00000000000002CC00000000000E052C00000000000002CC00000000000E052C00000000000002BC000000000000053C00000000000002BC000000000000053C000000000000024C0');
INSERT INTO "region" VALUES(2,'units','east',1,'Este','East','department',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'08',NULL,'Survey of Nowhere','CC0-1.0',X'47500003E610000000000000008052C000000000000052C00000000000002CC000000000000024C00103000000010000000500000000000000000052C00000000000002CC000000000000052C000000000000024C000000000008052C000000000000024C000000000008052C00000000000002CC000000000000052C00000000000002CC0');
INSERT INTO "region" VALUES(3,'units','capital',1,'Capital','Capital','department',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1501',NULL,'Survey of Nowhere','CC0-1.0',X'47500003E610000000000000000053C00000000000E052C00000000000002CC00000000000002BC0010300000001000000050000000000000000E052C00000000000002CC00000000000E052C00000000000002BC000000000000053C00000000000002BC000000000000053C00000000000002CC00000000000E052C00000000000002CC0');
INSERT INTO "region" VALUES(4,'zones','valley',1,'Valle','Valley',NULL,'2003-05-01','2012-07-01',NULL,NULL,'D.S. 1',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,X'47500003E610000000000000006052C000000000002052C00000000000002AC000000000000028C00103000000010000000500000000000000002052C00000000000002AC000000000002052C000000000000028C000000000006052C000000000000028C000000000006052C00000000000002AC000000000002052C00000000000002AC0');
INSERT INTO "region" VALUES(5,'zones','valley',2,'Valle mayor','Greater valley',NULL,'2012-07-01',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,X'47500003E610000000000000006052C000000000002052C00000000000002BC000000000000026C00103000000010000000500000000000000002052C00000000000002BC000000000002052C000000000000026C000000000006052C000000000000026C000000000006052C00000000000002BC000000000002052C00000000000002BC0');
CREATE TABLE revision (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	change INTEGER NOT NULL, 
	subject_kind TEXT NOT NULL, 
	subject_id TEXT NOT NULL, 
	action TEXT NOT NULL, 
	previous_digest BLOB, 
	digest BLOB NOT NULL, 
	masked_digest BLOB, 
	origin TEXT, 
	document TEXT, 
	FOREIGN KEY(change) REFERENCES change (number)
);
INSERT INTO "revision" VALUES(1,1,'setting','country','add',NULL,X'5BAB32FE6A1D4E6C5638801F3B54301CF575214DC443E11AFF6ED514818AEB33',X'7692267BBCD17BA1EDD401168F31F90DBA07DB4DAB21FF53236982DE44DAF94F',NULL,NULL);
INSERT INTO "revision" VALUES(2,1,'setting','created_at','add',NULL,X'1902A25250DDA6485149B9A400D575E8FA88B4A77A44A16425D5928A0F967796',X'CFAFC0D489A1261F66F821A439A6502AB8729E3B45F09582CECC91749A3100A1',NULL,NULL);
INSERT INTO "revision" VALUES(3,1,'setting','policy','add',NULL,X'EA52DE91AB7A5B585526450E88897928DF7478C5B35FD995240CF9F67193510D',X'F7121371F168B25C14738D681C02CE0CA4AE2AC5ED3B9FABC7A996B84E789107',NULL,NULL);
INSERT INTO "revision" VALUES(4,1,'setting','review','add',NULL,X'7A49D42794CBAFC302BC85033A7D2E6E008A446EEF9C2402E3CEFA29170397F9',X'5D97BB80A40AB9F06CCB25E932618A486E7F269DA9B7E1E4683D60E699C6BCB3',NULL,NULL);
INSERT INTO "revision" VALUES(5,2,'region','units/west/1','add',NULL,X'0417DBCD773E1D820368BEFB57A604209EA0347BB162FDE9DBEAC0ECEF694B02',X'BC4D96F88E2EC77D3E0A0C9E818F883CED0DCF6536C3634A1284EAB991243272',NULL,NULL);
INSERT INTO "revision" VALUES(6,2,'region','units/east/1','add',NULL,X'97504D63E0758D4D419443AF8E1A28F2EC09B68107073F9805D7E89BEE624A0D',X'4E49AD35B63A1C2B4F140E7DDF63B59145C314DB940A1EFD5D0ACDD1C8E1EF8F',NULL,NULL);
INSERT INTO "revision" VALUES(7,2,'region','units/capital/1','add',NULL,X'DF1356215119DB0EC02361CEDCA0064620A4BD8A87F90BEA64EE799E63740650',X'3C1C35A995DC7D498108ACFBA7A26E6B86C955A407CEF96C8525100CE95EFD8B',NULL,NULL);
INSERT INTO "revision" VALUES(8,3,'region','zones/valley/1','add',NULL,X'03B2FC4475BC1AA54BA635FAC9092D5E703731D12F2C998920B803BDB1588F1D',X'3706BA0ED4CFB0585E9B18E136E43481E2730D3F32E9F85E23D82947D6C51B7B',NULL,NULL);
INSERT INTO "revision" VALUES(9,3,'region','zones/valley/2','add',NULL,X'17AAD046E6433E6268AE1D3A6C8868D6643066F3E9466EC4C2CF1C88239E3A0B',X'DF94D6FA15182446F1F4C15C80435FF97E3EAEFD5D4100B8DAE4062562F972F7',NULL,NULL);
INSERT INTO "revision" VALUES(10,4,'source','ombudsman','add',NULL,X'9855159FC2A35B89E36592CC51AA2286B67119B81516824A5214C9FCEC6837A5',X'585318C41569D4FE813795128EEA4D4CE28622DCC220A7E6F6EF40DC4CEBE671',NULL,NULL);
INSERT INTO "revision" VALUES(11,4,'source','daily','add',NULL,X'D6A73429B2C281B5F452176B4651938A02B0E49F2B10F4678B33464FFF123A09',X'804DA4B4F299D896AF0E1EBF54FA45E9639F9E089EFEBF2FD3507F73777CEC61',NULL,NULL);
INSERT INTO "revision" VALUES(12,4,'actor','guard','add',NULL,X'0BA822967194D3F397B19AD074CC2A2D3E5EB712A40ABDAFEE905C4EA3620555',X'DFFB003326ED0381D8D66738E66746AE9ECFB633494C4F1AA0DE4C3FD9D0801F',NULL,NULL);
INSERT INTO "revision" VALUES(13,4,'actor','column','add',NULL,X'178C1C5845690269EB1BC6F4E4C8B537F1F255C33F785EDEBB0FE4C0E6B3C086',X'613C9A5FD9C4C1840D490653FF2C037E693E00B9EA6B108A461E8E7D466CF8C1',NULL,NULL);
INSERT INTO "revision" VALUES(14,4,'case','valley-war','add',NULL,X'ECC95B99D955862460D6BC5B4D1473ACFB4EB72BE2423E70F8ADDD070B0410FF',X'F71F9D06E2502F9D586D2C3557EF0AA9737AC18B1E8F30E39FD2BB5BC9E45306',NULL,NULL);
INSERT INTO "revision" VALUES(15,4,'indicator','1','add',NULL,X'AD0922D5DABE9E50F12C07586B262369EA502CD33C29E39632B89F99ABA18A7B',X'2308AA25084DEE5BF56CFC3C83802366CAAF3E4F62C0740060FB757BD6226490',NULL,NULL);
INSERT INTO "revision" VALUES(16,4,'incident','018cc252-03a0-7894-acd4-94a2c00b0e93','add',NULL,X'7F1E56B8635474302AD12807E19B0A6382E67BC2652A684143FD30AAD349C2AE',X'F9CF789127303ED412552C2A27993FB9BCF5D6FF51A0D51CFE9486E11E9EEA9D',NULL,'{"code":"PE-2012-0001","draft":{"cases":["valley-war"],"claims":[{"best":36,"group":"all","high":36,"low":36,"measure":"abducted","source":"ombudsman","zero_is_unknown":false},{"best":5,"group":"all","high":5,"low":5,"measure":"killed","source":"ombudsman","zero_is_unknown":false},{"attributed_to":"A witness","best":8,"group":"all","high":8,"low":8,"measure":"killed","source":"daily","zero_is_unknown":false}],"confidence":"medium","country":"PE","date_precision":"day","days":"2012-04-09/2012-04-14","key":"bridge","notes":[{"en":"The days differ by source."}],"parties":[{"actor":"column","role":"initiator"},{"actor":"guard","role":"target"}],"places":[{"admin_code":"080902","country":"PE","lat":-12.5,"lon":-73.0,"name":"El Puente","precision":"settlement"},{"country":"PE","lat":-12.4,"lon":-73.1,"name":"La Orilla","precision":"settlement"}],"status":"published","tags":["gas"],"title":{"en":"Abduction at the bridge","es":"Secuestro en el puente"},"type":"abduction"},"id":"018cc252-03a0-7894-acd4-94a2c00b0e93"}');
INSERT INTO "revision" VALUES(17,4,'incident','018cc252-03a0-7d8a-904c-4fff579bc28f','add',NULL,X'D39688639386AA752C45E5FAFC96FAF86CF05974E2D24E10D28230EB63936450',X'B6968E417DFBACA324CE050753815F2AA9FDF9D3B54FD33AB0A6958F298D6743',NULL,NULL);
INSERT INTO "revision" VALUES(18,4,'incident','018cc252-03a0-772f-84a6-5934fc297767','add',NULL,X'BAB415C790F46835E6AC06362C88DFB65D7A99FCFF84902C91E27D74EBB8952E',X'B41D77945D9490C9F5D21FF88BA5E038D9DE64574ADBD7C47A3B44DF76320267',NULL,'{"code":"PE-2012-0003","draft":{"country":"PE","date_precision":"month","days":"2012-08","key":"whole-east","places":[{"admin_code":"08","country":"PE","name":"Este","precision":"department"}],"sources":["daily"],"status":"draft","title":{"und":"Protesta en el este"},"type":"protest"},"id":"018cc252-03a0-772f-84a6-5934fc297767"}');
INSERT INTO "revision" VALUES(19,4,'incident','018cc252-03a0-7c2d-88d8-adb6439605fa','add',NULL,X'91CB8BE5BBD901C23A75A7F0D2ED78CBAD14ADC6C505E540E1EAD19FB11D2F16',X'990578A68746EC59F1575677CAAA49563C05762DD3F10BA594C8E38D6613A67D',NULL,NULL);
INSERT INTO "revision" VALUES(20,5,'incident','018cc252-03a0-7894-acd4-94a2c00b0e93','edit',X'7F1E56B8635474302AD12807E19B0A6382E67BC2652A684143FD30AAD349C2AE',X'EB3DA307DCA7046B1095ABFB1970A64E14B60DC9086A29D5532181393EC577DC',X'8F7194F97A4ED960D672959393EF95CBE07AEDD8DC0C77D6C28F04DFC760A282',NULL,NULL);
INSERT INTO "revision" VALUES(21,6,'incident','018cc252-03a0-772f-84a6-5934fc297767','retract',X'BAB415C790F46835E6AC06362C88DFB65D7A99FCFF84902C91E27D74EBB8952E',X'FC62D0FB8103F38CE2E0C0955F5EC0FB316C9F0DA9FEAF5C9DBF5F15A93A3C02',X'CF74DE2C55AC219388FDF807466323FE084D644E21C1730622FAE04FDBD16764',NULL,NULL);
CREATE TABLE source (
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	publisher TEXT, 
	title TEXT, 
	published_on TEXT, 
	url TEXT, 
	archive_url TEXT, 
	language TEXT, 
	licence TEXT, 
	reliability TEXT, 
	accessed_on DATE, 
	note TEXT, 
	sensitivity TEXT, 
	attachments TEXT, 
	PRIMARY KEY ("key")
);
INSERT INTO "source" VALUES('ombudsman','ombudsman','Office of the Ombudsman',NULL,'2012-07',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "source" VALUES('daily','press','The Daily',NULL,'2012-04-15',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE INDEX incident_days ON incident (first_day, last_day);
CREATE INDEX incident_not_published ON incident (status) WHERE status <> 'published';
CREATE INDEX incident_names_codes ON incident (fid) WHERE names_codes = 1;
CREATE INDEX incident_part_of ON incident (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX incident_uncounted ON incident (code) WHERE counted = 0;
CREATE INDEX incident_sensitivity ON incident (sensitivity) WHERE sensitivity IS NOT NULL;
CREATE INDEX ix_incident_type ON incident (type);
CREATE INDEX change_arrival ON change (arrived_at);
CREATE INDEX place_sensitivity ON place (sensitivity) WHERE sensitivity IS NOT NULL;
CREATE INDEX link_ref ON link (kind, ref, incident);
CREATE INDEX ix_import_row_incident ON import_row (incident);
CREATE INDEX revision_origin ON revision (subject_id) WHERE origin IS NOT NULL;
CREATE INDEX revision_subject ON revision (subject_id);
CREATE INDEX revision_sensitivity ON revision (number) WHERE document LIKE '%"sensitivity":%';
CREATE INDEX revision_change ON revision (change);
CREATE VIEW revisions AS SELECT
        revision.number, change, subject_kind, subject_id, author, recorded_at, arrived_at, action, reason,
        previous_digest, digest, masked_digest, origin, document
    FROM revision JOIN change ON change.number = revision.change;
CREATE VIEW incidents AS SELECT fid, code, "key", title, summary, type, subtype, first_day, last_day, date_precision, place_name, place_precision, radius_m, country, admin_code, adm1, adm2, adm3, region, killed_low, killed_best, killed_high, killed_source, injured_low, injured_best, injured_high, detained_low, detained_best, detained_high, missing_low, missing_best, missing_high, abducted_low, abducted_best, abducted_high, released_low, released_best, released_high, actors, source_count, source_kinds, cases, tags, part_of, counted, status, confidence, dataset, revision, recorded_at, geom FROM incident WHERE status IN ('draft', 'in-review', 'published');
CREATE VIEW claims AS SELECT claim.rowid AS fid, incident.code, claim.measure, claim."group", claim.low, claim.best, claim.high, claim.source, claim.attributed_to, claim.stated_on, claim.scope, claim.note, claim.pinned, claim.label, claim.supersedes, claim.adds FROM claim JOIN incident ON incident.fid = claim.incident WHERE incident.status IN ('draft', 'in-review', 'published');
CREATE VIEW sources AS SELECT rowid AS fid, "key", kind, publisher, title, published_on, url, archive_url, language, licence, reliability FROM source;
CREATE VIEW regions AS SELECT
        fid, set_name AS "set", "key", name_es AS name, name_en, kind, valid_from, valid_until, working_outline, decree,
        citation, url, outline_note, attribution, licence, geometry AS geom
    FROM region;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('revision',21);
COMMIT;
