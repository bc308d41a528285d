-- A database of schema 4 with invented incidents, as SQLite's iterdump wrote it; never to be changed.
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
BEGIN TRANSACTION;
CREATE TABLE actor (
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	part_of TEXT, 
	note TEXT, 
	sensitivity TEXT, 
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
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(source) REFERENCES source ("key")
);
INSERT INTO "claim" VALUES(2,0,'killed','all',3,3,3,'daily',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "claim" VALUES(1,0,'abducted','all',36,36,36,'ombudsman',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "claim" VALUES(1,1,'killed','all',5,5,5,'ombudsman',NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "claim" VALUES(1,2,'killed','all',8,8,8,'daily','A witness',NULL,NULL,NULL,NULL,0,NULL);
CREATE TABLE dataset (
	name TEXT NOT NULL, 
	version TEXT, 
	licence TEXT, 
	attribution TEXT, 
	may_publish BOOLEAN, 
	PRIMARY KEY (name)
);
CREATE TABLE face (
	fid INTEGER NOT NULL, 
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
	geom GEOMETRY, 
	PRIMARY KEY (fid), 
	FOREIGN KEY(fid) REFERENCES incident (fid)
);
INSERT INTO "face" VALUES(1,'PE-2012-0001','bridge','A changed title',NULL,'abduction',NULL,'2012-04-09','2012-04-14','day','El Puente','settlement',2000.0,'PE','080902','Cusco','La Convención','Echarate',NULL,2,5,5,8,'ombudsman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,36,36,36,'ombudsman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'La Columna; Guardia del Río',2,'ombudsman; press','valley-war','gas',NULL,1,'published','medium',NULL,15,'2024-01-01T00:00:13.000000Z',X'47500001E6100000010100000000000000004052C000000000000029C0');
INSERT INTO "face" VALUES(2,'PE-2012-0002',NULL,'Emboscada en la orilla',NULL,'armed-clash','ambush','2012-04-12','2012-04-12','day','La Orilla','near',25000.0,'PE',NULL,'Este',NULL,NULL,NULL,1,3,3,3,'daily',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'press',NULL,NULL,'PE-2012-0001',0,'draft',NULL,NULL,12,'2024-01-01T00:00:04.000000Z',X'47500001E6100000010100000066666666664652C0CDCCCCCCCCCC28C0');
INSERT INTO "face" VALUES(3,'PE-2012-0003','whole-east','Protesta en el este',NULL,'protest',NULL,'2012-08-01','2012-08-31','month','Este','department',NULL,'PE','08','Cusco',NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'press',NULL,NULL,NULL,1,'retracted',NULL,NULL,16,'2024-01-01T00:00:15.000000Z',X'47500003E610000000000000008052C000000000000052C00000000000002CC000000000000024C00103000000010000000500000000000000000052C00000000000002CC000000000000052C000000000000024C000000000008052C000000000000024C000000000008052C00000000000002CC000000000000052C00000000000002CC0');
INSERT INTO "face" VALUES(4,'PE-0000-0001','undated','Sin fecha ni lugar',NULL,'state-measure','arrest',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,1,'draft',NULL,NULL,14,'2024-01-01T00:00:04.000000Z',NULL);
CREATE TABLE figure (
	incident INTEGER NOT NULL, 
	measure TEXT NOT NULL, 
	low INTEGER, 
	best INTEGER, 
	high INTEGER, 
	source TEXT, 
	attributed_to TEXT, 
	basis TEXT NOT NULL, 
	voices INTEGER NOT NULL, 
	reason TEXT, 
	PRIMARY KEY (incident, measure), 
	FOREIGN KEY(incident) REFERENCES incident (fid)
);
INSERT INTO "figure" VALUES(2,'killed',3,3,3,'daily',NULL,'total',1,NULL);
INSERT INTO "figure" VALUES(1,'killed',5,5,8,'ombudsman',NULL,'total',2,NULL);
INSERT INTO "figure" VALUES(1,'abducted',36,36,36,'ombudsman',NULL,'total',1,NULL);
CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
    );
INSERT INTO "gpkg_contents" VALUES('incidents','features','incidents','One row for each incident','2024-01-01T00:00:15.000000Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('regions','features','regions','Versions of regions','2024-01-01T00:00:15.000000Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('claims','attributes','claims','What sources say','2024-01-01T00:00:15.000000Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('sources','attributes','sources','Documents','2024-01-01T00:00:15.000000Z',NULL,NULL,NULL,NULL,NULL);
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
	PRIMARY KEY (dataset, external_id), 
	FOREIGN KEY(dataset) REFERENCES dataset (name), 
	FOREIGN KEY(incident) REFERENCES incident (fid)
)
 WITHOUT ROWID

;
CREATE TABLE incident (
	fid INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	code TEXT NOT NULL, 
	"key" TEXT, 
	title TEXT NOT NULL, 
	summary TEXT, 
	type TEXT NOT NULL, 
	subtype TEXT, 
	first_day DATE, 
	last_day DATE, 
	date_precision TEXT, 
	country TEXT NOT NULL, 
	part_of TEXT, 
	tags TEXT, 
	status TEXT NOT NULL, 
	confidence TEXT, 
	notes TEXT, 
	dataset TEXT, 
	dataset_id TEXT, 
	revision INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	original TEXT, 
	sensitivity TEXT, 
	assigned_to TEXT, 
	PRIMARY KEY (fid), 
	UNIQUE (id), 
	UNIQUE (code), 
	UNIQUE ("key"), 
	FOREIGN KEY(part_of) REFERENCES incident (code), 
	FOREIGN KEY(dataset) REFERENCES dataset (name)
);
INSERT INTO "incident" VALUES(1,'018cc252-0788-7f16-9f9b-4e6a10247522','PE-2012-0001','bridge','{"en":"A changed title"}',NULL,'abduction',NULL,'2012-04-09','2012-04-14','day','PE',NULL,'["gas"]','published','medium','[{"en":"The days differ by source."}]',NULL,NULL,15,'2024-01-01T00:00:13.000000Z',NULL,NULL,NULL);
INSERT INTO "incident" VALUES(2,'018cc252-0b70-75a4-b007-abc4dfe1eb19','PE-2012-0002',NULL,'{"es":"Emboscada en la orilla"}',NULL,'armed-clash','ambush','2012-04-12','2012-04-12','day','PE','PE-2012-0001',NULL,'draft',NULL,NULL,NULL,NULL,12,'2024-01-01T00:00:04.000000Z',NULL,NULL,NULL);
INSERT INTO "incident" VALUES(3,'018cc252-0f58-7894-acd4-94a2c00b0e93','PE-2012-0003','whole-east','{"und":"Protesta en el este"}',NULL,'protest',NULL,'2012-08-01','2012-08-31','month','PE',NULL,NULL,'retracted',NULL,NULL,NULL,NULL,16,'2024-01-01T00:00:15.000000Z',NULL,NULL,NULL);
INSERT INTO "incident" VALUES(4,'018cc252-1340-7d8a-904c-4fff579bc28f','PE-0000-0001','undated','{"es":"Sin fecha ni lugar"}',NULL,'state-measure','arrest',NULL,NULL,NULL,'PE',NULL,NULL,'draft',NULL,NULL,NULL,NULL,14,'2024-01-01T00:00:04.000000Z',NULL,NULL,NULL);
CREATE TABLE incident_case (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	"case" TEXT NOT NULL, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY("case") REFERENCES case_file ("key")
);
INSERT INTO "incident_case" VALUES(1,0,'valley-war');
CREATE TABLE incident_source (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	listed BOOLEAN NOT NULL, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(source) REFERENCES source ("key")
);
INSERT INTO "incident_source" VALUES(2,0,'daily',0);
INSERT INTO "incident_source" VALUES(1,0,'ombudsman',0);
INSERT INTO "incident_source" VALUES(1,1,'daily',0);
INSERT INTO "incident_source" VALUES(3,0,'daily',1);
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
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('country','PE');
INSERT INTO "meta" VALUES('created_at','2024-01-01T00:00:01.000000Z');
INSERT INTO "meta" VALUES('policy','ranked-source');
INSERT INTO "meta" VALUES('review','one-person');
INSERT INTO "meta" VALUES('schema_version','4');
INSERT INTO "meta" VALUES('willay_version','0.1.0');
CREATE TABLE party (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	actor TEXT NOT NULL, 
	role TEXT NOT NULL, 
	note TEXT, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(actor) REFERENCES actor ("key")
);
INSERT INTO "party" VALUES(1,0,'column','initiator',NULL);
INSERT INTO "party" VALUES(1,1,'guard','target',NULL);
CREATE TABLE place (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	precision TEXT NOT NULL, 
	lon DOUBLE, 
	lat DOUBLE, 
	radius_m DOUBLE, 
	country TEXT NOT NULL, 
	admin_code TEXT, 
	adm1 TEXT, 
	adm2 TEXT, 
	adm3 TEXT, 
	region TEXT, 
	region_fid INTEGER, 
	gazetteer_id TEXT, 
	coordinate_source TEXT, 
	note TEXT, 
	geometry GEOMETRY, 
	sensitivity TEXT, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(region_fid) REFERENCES region (fid)
);
INSERT INTO "place" VALUES(2,0,'La Orilla','near',-73.1,-12.4,NULL,'PE',NULL,'Este',NULL,NULL,NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000066666666664652C0CDCCCCCCCCCC28C0',NULL);
INSERT INTO "place" VALUES(1,0,'El Puente','settlement',-73.0,-12.5,NULL,'PE','080902','Cusco','La Convención','Echarate',NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000000000000004052C000000000000029C0',NULL);
INSERT INTO "place" VALUES(1,1,'La Orilla','settlement',-73.1,-12.4,NULL,'PE',NULL,'Este',NULL,NULL,NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000066666666664652C0CDCCCCCCCCCC28C0',NULL);
INSERT INTO "place" VALUES(3,0,'Este','department',NULL,NULL,NULL,'PE','08','Cusco',NULL,NULL,NULL,2,NULL,NULL,NULL,NULL,NULL);
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
	subject_kind TEXT NOT NULL, 
	subject_id TEXT NOT NULL, 
	author TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	action TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	previous_digest TEXT, 
	digest TEXT NOT NULL, 
	document TEXT, 
	seal TEXT
);
INSERT INTO "revision" VALUES(1,'region','units/west/1','willay','2024-01-01T00:00:02.000000Z','add','installed',NULL,'0417dbcd773e1d820368befb57a604209ea0347bb162fde9dbeac0ecef694b02',NULL,'8f2e819fb6216b30aa666de5e339dcb2155d34c906091032d382751a0bca7682');
INSERT INTO "revision" VALUES(2,'region','units/east/1','willay','2024-01-01T00:00:02.000000Z','add','installed',NULL,'97504d63e0758d4d419443af8e1a28f2ec09b68107073f9805d7e89bee624a0d',NULL,'6b043dab4c5d568755123bdc5b465ee2f398edf58a6d783235cdc76656708d35');
INSERT INTO "revision" VALUES(3,'region','units/capital/1','willay','2024-01-01T00:00:02.000000Z','add','installed',NULL,'df1356215119db0ec02361cedca0064620a4bd8a87f90bea64ee799e63740650',NULL,'97af54aceaf2ae725d0af820507e95778f5010909c30424e054b192c599e212b');
INSERT INTO "revision" VALUES(4,'region','zones/valley/1','willay','2024-01-01T00:00:03.000000Z','add','installed',NULL,'03b2fc4475bc1aa54ba635fac9092d5e703731d12f2c998920b803bdb1588f1d',NULL,'ba73aa9af41b341f207469c96589cd136823fb89e80abfd593e3fe3bfb9a86df');
INSERT INTO "revision" VALUES(5,'region','zones/valley/2','willay','2024-01-01T00:00:03.000000Z','add','installed',NULL,'17aad046e6433e6268ae1d3a6c8868d6643066f3e9466ec4c2cf1c88239e3a0b',NULL,'a922416c1b7a71adf87e0902b12e9c77362e4e3a470488f2ddb850711f8b065d');
INSERT INTO "revision" VALUES(6,'source','ombudsman','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'9855159fc2a35b89e36592cc51aa2286b67119b81516824a5214c9fcec6837a5',NULL,'53127349a64dc82df63df6afa7cfd741eaf09de3a980812da44a2b988f12a739');
INSERT INTO "revision" VALUES(7,'source','daily','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'d6a73429b2c281b5f452176b4651938a02b0e49f2b10f4678b33464fff123a09',NULL,'0bd7246038dfebc65424560cd43ed278f2075e93bb144be7d4c9a15c228d8a28');
INSERT INTO "revision" VALUES(8,'actor','guard','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'0ba822967194d3f397b19ad074cc2a2d3e5eb712a40abdafee905c4ea3620555',NULL,'8bedf670309f29b0225b8f639461d9dfc6384f3c0a06369d0c6f8c3621144b9f');
INSERT INTO "revision" VALUES(9,'actor','column','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'178c1c5845690269eb1bc6f4e4c8b537f1f255c33f785edebb0fe4c0e6b3c086',NULL,'122098dd5c6e917515687d4473373181fb06cd951148f442018680d04ba68e9b');
INSERT INTO "revision" VALUES(10,'case','valley-war','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'ecc95b99d955862460d6bc5b4d1473acfb4eb72be2423e70f8addd070b0410ff',NULL,'6cd0f605e556eb7cb122720e18c7df997dc001bd3e16cd4d7bca7cca7f235611');
INSERT INTO "revision" VALUES(11,'incident','018cc252-0788-7f16-9f9b-4e6a10247522','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'cd4fc6a456410d08092eb69318f9e4eee5d632d124779a6d397946df35162cc9','{"code":"PE-2012-0001","draft":{"cases":["valley-war"],"claims":[{"best":36,"group":"all","high":36,"low":36,"measure":"abducted","source":"ombudsman","zero_is_unknown":false},{"best":5,"group":"all","high":5,"low":5,"measure":"killed","source":"ombudsman","zero_is_unknown":false},{"attributed_to":"A witness","best":8,"group":"all","high":8,"low":8,"measure":"killed","source":"daily","zero_is_unknown":false}],"confidence":"medium","country":"PE","date_precision":"day","days":"2012-04-09/2012-04-14","key":"bridge","notes":[{"en":"The days differ by source."}],"parties":[{"actor":"column","role":"initiator"},{"actor":"guard","role":"target"}],"places":[{"admin_code":"080902","country":"PE","lat":-12.5,"lon":-73.0,"name":"El Puente","precision":"settlement"},{"country":"PE","lat":-12.4,"lon":-73.1,"name":"La Orilla","precision":"settlement"}],"status":"published","tags":["gas"],"title":{"en":"Abduction at the bridge","es":"Secuestro en el puente"},"type":"abduction"},"id":"018cc252-0788-7f16-9f9b-4e6a10247522"}','ba32a19daefcb39b2ae20b4400dfd830fbb219cf16414b97d348a2e767edc471');
INSERT INTO "revision" VALUES(12,'incident','018cc252-0b70-75a4-b007-abc4dfe1eb19','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'8f15c087f72fd36793ba9c29aab2cb2b118215b9d2c8840081c081db0d978fdf',NULL,'c0fa09c2bcfd0bab5f0c8a51dc73a60b1011c09f920aa16d02fc6f6eafc5ffec');
INSERT INTO "revision" VALUES(13,'incident','018cc252-0f58-7894-acd4-94a2c00b0e93','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'bb1279c44f2fe4644a9e465e05ea57e840339567989b3a00a85eb235ce0c322f','{"code":"PE-2012-0003","draft":{"country":"PE","date_precision":"month","days":"2012-08","key":"whole-east","places":[{"admin_code":"08","country":"PE","name":"Este","precision":"department"}],"sources":["daily"],"status":"draft","title":{"und":"Protesta en el este"},"type":"protest"},"id":"018cc252-0f58-7894-acd4-94a2c00b0e93"}','a4a4f5b0e5d3e335db153ec14d8777b62ddf4bc62027789c9e46ace039c529c3');
INSERT INTO "revision" VALUES(14,'incident','018cc252-1340-7d8a-904c-4fff579bc28f','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'79c77a731424e8a0267780d6aab8bc28a6c2f85712016275637976cd06bc9f6d',NULL,'54763371a091c1962d16267384daf741f7e20b1d8af9a71086f4bf0a109ce5d3');
INSERT INTO "revision" VALUES(15,'incident','018cc252-0788-7f16-9f9b-4e6a10247522','berta','2024-01-01T00:00:13.000000Z','edit','a slip','cd4fc6a456410d08092eb69318f9e4eee5d632d124779a6d397946df35162cc9','da18e8037a5c680e0925d336b5c9704eddc564a08aa92a0611de7da47ebe30d3',NULL,'7c3d072d9e445b8e6b223e96e6a4c38377aaa7b335ae305240569ca2ccc7ad0d');
INSERT INTO "revision" VALUES(16,'incident','018cc252-0f58-7894-acd4-94a2c00b0e93','berta','2024-01-01T00:00:15.000000Z','retract','a mistake','bb1279c44f2fe4644a9e465e05ea57e840339567989b3a00a85eb235ce0c322f','a02cb37d3f330e4bb9d191dd1fe927d3e9a080e87d47bbfa43c8e1d401d99c99',NULL,'f385d1a708e6b6e611c0a43bea9db7fb10128731b3fc1876aaca5e88dc13cfb2');
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
	PRIMARY KEY ("key")
);
INSERT INTO "source" VALUES('ombudsman','ombudsman','Office of the Ombudsman',NULL,'2012-07',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "source" VALUES('daily','press','The Daily',NULL,'2012-04-15',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE INDEX revision_moment ON revision (recorded_at);
CREATE INDEX revision_subject ON revision (subject_kind, subject_id, number);
CREATE INDEX revision_sensitivity ON revision (number) WHERE instr(document, '"sensitivity":') > 0;
CREATE INDEX ix_incident_type ON incident (type);
CREATE INDEX incident_sensitivity ON incident (sensitivity) WHERE sensitivity IS NOT NULL;
CREATE INDEX incident_part_of ON incident (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX incident_days ON incident (first_day, last_day);
CREATE INDEX place_sensitivity ON place (sensitivity) WHERE sensitivity IS NOT NULL;
CREATE INDEX ix_party_actor ON party (actor);
CREATE INDEX ix_incident_source_source ON incident_source (source);
CREATE INDEX ix_incident_case_case ON incident_case ("case");
CREATE INDEX face_uncounted ON face (code) WHERE counted = 0;
CREATE INDEX ix_import_row_incident ON import_row (incident);
CREATE VIEW incidents AS SELECT
        fid, code, "key", title, summary, type, subtype, first_day, last_day, date_precision, place_name,
        place_precision, radius_m, country, admin_code, adm1, adm2, adm3, region, killed_low, killed_best, killed_high,
        killed_source, injured_low, injured_best, injured_high, detained_best, missing_best, abducted_low,
        abducted_best, abducted_high, released_best, actors, source_count, source_kinds, tags, status, confidence,
        cases, part_of, counted, dataset, revision, recorded_at, geom
    FROM face WHERE status IN ('draft', 'in-review', 'published');
CREATE VIEW regions AS SELECT
        fid, set_name AS "set", "key", name_es AS name, name_en, kind, valid_from, valid_until, working_outline, decree,
        citation, url, outline_note, attribution, licence, geometry AS geom
    FROM region;
CREATE VIEW claims AS SELECT
        claim.rowid AS fid, incident.code, claim.measure, claim."group", claim.low, claim.best, claim.high,
        claim.source,
        claim.attributed_to, claim.stated_on, claim.scope, claim.note, claim.pinned
    FROM claim JOIN incident ON incident.fid = claim.incident
    WHERE incident.status IN ('draft', 'in-review', 'published');
CREATE VIEW sources AS SELECT
        rowid AS fid, "key", kind, publisher, title, published_on, url, archive_url, language, licence, reliability
    FROM source;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('revision',16);
COMMIT;
